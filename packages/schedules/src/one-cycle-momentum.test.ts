import { describe, expect, it } from 'vitest';
import { oneCycleMomentum } from './one-cycle-momentum.js';

it('is low where the rate is high, and stays high at the end', () => {
  const momentum = oneCycleMomentum({ steps: 100 });
  expect([0, 44, 88, 95, 99, 500].map((step) => Number(momentum(step).toFixed(12)))).toEqual([
    0.95, 0.85, 0.95, 0.95, 0.95, 0.95,
  ]);
});

describe('refuses', () => {
  it.each([
    [{ maxMomentum: 1 }, 'maxMomentum must be a number in [0, 1). Received: 1'],
    [
      { minMomentum: 0.99 },
      'minMomentum must be a number from 0 to maxMomentum, 0.95. Received: 0.99',
    ],
    [{ steps: 2 }, 'steps must be above 2 / (1 − finalFraction), for a first phase. Received: 2'],
  ])('%o', (wrong, message) => {
    expect(() => oneCycleMomentum({ steps: 100, ...wrong })).toThrow(message);
  });
});
