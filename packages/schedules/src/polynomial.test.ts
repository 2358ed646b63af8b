import { describe, expect, it } from 'vitest';
import { polynomial } from './polynomial.js';

it('falls along a power of what is left, and stays', () => {
  const rate = polynomial({ initialRate: 0.1, decaySteps: 100, finalRate: 0, exponent: 2 });
  expect([0, 50, 100, 1000].map(rate)).toEqual([0.1, 0.025, 0, 0]);
});

it('starts again over longer rounds with cycle', () => {
  const rate = polynomial({ initialRate: 1, decaySteps: 10, finalRate: 0, cycle: true });
  expect([0, 5, 10, 15, 20].map(rate)).toEqual([1, 0.5, 0, 0.25, 0]);
});

it('may rise', () => {
  const rate = polynomial({ initialRate: 0, decaySteps: 4, finalRate: 1 });
  expect([0, 1, 2, 3, 4, 5].map(rate)).toEqual([0, 0.25, 0.5, 0.75, 1, 1]);
});

describe('refuses', () => {
  it.each([
    [{ initialRate: NaN }, 'initialRate must be a finite number ≥ 0. Received: NaN'],
    [{ decaySteps: 0 }, 'decaySteps must be a finite number > 0. Received: 0'],
    [{ finalRate: -1 }, 'finalRate must be a finite number ≥ 0. Received: -1'],
    [{ exponent: -1 }, 'exponent must be a finite number ≥ 0. Received: -1'],
  ])('%o', (wrong, message) => {
    expect(() => polynomial({ initialRate: 0.1, decaySteps: 10, ...wrong })).toThrow(message);
  });
});
