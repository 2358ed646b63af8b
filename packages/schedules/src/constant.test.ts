import { expect, it } from 'vitest';
import { constant } from './constant.js';

it('gives the same rate at every step', () => {
  expect([0, 1, 1e6].map(constant(0.01))).toEqual([0.01, 0.01, 0.01]);
});

it.each([-0.1, NaN, Infinity])('refuses the rate %d', (rate) => {
  expect(() => constant(rate)).toThrow(
    `rate must be a finite number ≥ 0. Received: ${String(rate)}`,
  );
});
