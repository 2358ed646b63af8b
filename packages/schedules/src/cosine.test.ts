import { describe, expect, it } from 'vitest';
import { cosine } from './cosine.js';

it('falls from the initial rate to zero, and stays', () => {
  const rate = cosine({ initialRate: 0.1, decaySteps: 1000 });
  expect(rate(0)).toBe(0.1);
  expect(rate(500)).toBeCloseTo(0.05, 15);
  expect([1000, 2000].map(rate)).toEqual([0, 0]);
});

it('falls to alpha of the initial rate', () => {
  const rate = cosine({ initialRate: 0.1, decaySteps: 10, alpha: 0.5 });
  expect(rate(0)).toBe(0.1);
  expect(rate(5)).toBeCloseTo(0.075, 15);
  expect(rate(10)).toBe(0.05);
});

describe('refuses', () => {
  it.each([
    [{ initialRate: -1 }, 'initialRate must be a finite number ≥ 0. Received: -1'],
    [{ decaySteps: 0 }, 'decaySteps must be a finite number > 0. Received: 0'],
    [{ alpha: 1.5 }, 'alpha must be a number from 0 to 1. Received: 1.5'],
  ])('%o', (wrong, message) => {
    expect(() => cosine({ initialRate: 0.1, decaySteps: 10, ...wrong })).toThrow(message);
  });
});
