import { describe, expect, it } from 'vitest';
import { power } from './power.js';

it('falls to a half, a third, a quarter with the exponent 1', () => {
  const rate = power({ initialRate: 1, decaySteps: 100 });
  expect([0, 100, 200, 300].map(rate)).toEqual([1, 1 / 2, 1 / 3, 1 / 4]);
});

it('takes any exponent', () => {
  const at = (exponent: number) => power({ initialRate: 1, decaySteps: 10, exponent })(30);
  expect([0, 0.5, 2].map(at)).toEqual([1, 1 / 2, 1 / 16]);
});

describe('refuses', () => {
  it.each([
    [{ initialRate: NaN }, 'initialRate must be a finite number ≥ 0. Received: NaN'],
    [{ decaySteps: -5 }, 'decaySteps must be a finite number > 0. Received: -5'],
    [{ exponent: -1 }, 'exponent must be a finite number ≥ 0. Received: -1'],
  ])('%o', (wrong, message) => {
    expect(() => power({ initialRate: 0.1, decaySteps: 10, ...wrong })).toThrow(message);
  });
});
