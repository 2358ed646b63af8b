import { describe, expect, it } from 'vitest';
import { warmUpStableDecay } from './warm-up-stable-decay.js';

const plan = { rate: 1, warmUpSteps: 10, stableSteps: 70, decaySteps: 20 };

it('rises, stays and falls', () => {
  const rate = warmUpStableDecay(plan);
  expect([0, 5, 10, 80, 85, 100, 500].map(rate)).toEqual([0, 0.5, 1, 1, 0.5, 0, 0]);
});

it('falls in other ways, and not to zero', () => {
  expect(warmUpStableDecay({ ...plan, decay: 'linear', finalFactor: 0.5 })(90)).toBe(0.75);
  expect(warmUpStableDecay({ ...plan, decay: 'cosine' })(85)).toBeCloseTo(
    (1 + Math.SQRT1_2) / 2,
    15,
  );
});

it('needs none of its phases', () => {
  const rate = warmUpStableDecay({ rate: 1, warmUpSteps: 0, stableSteps: 0, decaySteps: 0 });
  expect([0, 1].map(rate)).toEqual([1, 0]);
});

describe('refuses', () => {
  it.each([
    [{ rate: -1 }, 'rate must be a finite number ≥ 0. Received: -1'],
    [{ warmUpSteps: NaN }, 'warmUpSteps must be a finite number ≥ 0. Received: NaN'],
    [{ finalFactor: 2 }, 'finalFactor must be a number from 0 to 1. Received: 2'],
    [{ decay: 'exp' as 'sqrt' }, "decay must be 'sqrt', 'linear' or 'cosine'. Received: \"exp\""],
  ])('%o', (wrong, message) => {
    expect(() => warmUpStableDecay({ ...plan, ...wrong })).toThrow(message);
  });
});
