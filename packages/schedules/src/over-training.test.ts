import { expect, it } from 'vitest';
import { cosine } from './cosine.js';
import { linear } from './linear.js';
import { overTraining } from './over-training.js';
import { sequence } from './sequence.js';

it('stretches a plan over the whole training, and stays at its end', () => {
  const plan = sequence(
    [
      linear({ initialRate: 0, finalRate: 1, steps: 0.25 }),
      cosine({ initialRate: 1, decaySteps: 0.75 }),
    ],
    [0.25],
  );
  expect([0, 25, 50, 200, 900].map(overTraining(plan, 200))).toEqual([0, 0.5, 1, 0, 0]);
});

it('refuses no steps', () => {
  expect(() => overTraining(cosine({ initialRate: 1, decaySteps: 1 }), 0)).toThrow(
    'steps must be a finite number > 0. Received: 0',
  );
});
