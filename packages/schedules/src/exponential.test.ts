import { describe, expect, it } from 'vitest';
import { exponential } from './exponential.js';

const options = { initialRate: 0.1, decaySteps: 20, decayRate: 0.1 };

it('multiplies by decayRate every decaySteps', () => {
  const rate = exponential(options);
  expect(rate(0)).toBe(0.1);
  expect(rate(10)).toBeCloseTo(0.1 * Math.sqrt(0.1), 15);
  expect(rate(20)).toBeCloseTo(0.01, 15);
  expect(rate(40)).toBeCloseTo(0.001, 15);
});

it('falls in stairs', () => {
  const rate = exponential({ ...options, staircase: true });
  expect([0, 19.9].map(rate)).toEqual([0.1, 0.1]);
  expect(rate(20)).toBeCloseTo(0.01, 15);
  expect(rate(39)).toBe(rate(20));
});

it('grows with a decayRate above 1', () => {
  expect(exponential({ initialRate: 1e-5, decaySteps: 1, decayRate: 2 })(10)).toBe(1e-5 * 1024);
});

describe('refuses', () => {
  it.each([
    [{ initialRate: -1 }, 'initialRate must be a finite number ≥ 0. Received: -1'],
    [{ decaySteps: 0 }, 'decaySteps must be a finite number > 0. Received: 0'],
    [{ decayRate: 0 }, 'decayRate must be a finite number > 0. Received: 0'],
  ])('%o', (wrong, message) => {
    expect(() => exponential({ ...options, ...wrong })).toThrow(message);
  });
});
