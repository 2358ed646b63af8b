import { describe, expect, it } from 'vitest';
import { linear } from './linear.js';

it('meets both ends exactly, and stays', () => {
  const rate = linear({ initialRate: 0.3, finalRate: 0.1, steps: 10 });
  expect([0, 10, 11].map(rate)).toEqual([0.3, 0.1, 0.1]);
  expect(rate(5)).toBeCloseTo(0.2, 15);
});

describe('refuses', () => {
  it.each([
    [{ initialRate: -1 }, 'initialRate must be a finite number ≥ 0. Received: -1'],
    [{ finalRate: Infinity }, 'finalRate must be a finite number ≥ 0. Received: Infinity'],
    [{ steps: 0 }, 'steps must be a finite number > 0. Received: 0'],
  ])('%o', (wrong, message) => {
    expect(() => linear({ initialRate: 0.1, finalRate: 0, steps: 10, ...wrong })).toThrow(message);
  });
});
