import { describe, expect, it } from 'vitest';
import { cyclical } from './cyclical.js';

it('goes up and down', () => {
  const rate = cyclical({ minRate: 1, maxRate: 3, stepsUp: 2, stepsDown: 4 });
  expect([0, 1, 2, 4, 6, 8].map(rate)).toEqual([1, 2, 3, 2, 1, 3]);
});

it('halves its triangles', () => {
  const rate = cyclical({ minRate: 0, maxRate: 1, stepsUp: 1, mode: 'triangular2' });
  expect([1, 3, 5].map(rate)).toEqual([1, 0.5, 0.25]);
});

it('shrinks with every step', () => {
  const rate = cyclical({ minRate: 0, maxRate: 1, stepsUp: 1, mode: 'exponential', gamma: 0.5 });
  expect([1, 3].map(rate)).toEqual([0.5, 0.125]);
});

describe('refuses', () => {
  it.each([
    [{ minRate: -1 }, 'minRate must be a finite number ≥ 0. Received: -1'],
    [{ maxRate: 0.5 }, 'maxRate must be a finite number ≥ minRate, 1. Received: 0.5'],
    [{ stepsUp: 0 }, 'stepsUp must be a finite number > 0. Received: 0'],
    [{ stepsDown: -2 }, 'stepsDown must be a finite number > 0. Received: -2'],
    [
      { mode: 'exp_range' as 'exponential' },
      "mode must be 'triangular', 'triangular2' or 'exponential'. Received: \"exp_range\"",
    ],
    [{ gamma: 1.1 }, 'gamma must be above 0 and at most 1. Received: 1.1'],
  ])('%o', (wrong, message) => {
    expect(() => cyclical({ minRate: 1, maxRate: 2, stepsUp: 3, ...wrong })).toThrow(message);
  });
});
