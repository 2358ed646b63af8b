import { expect, it } from 'vitest';
import { linear } from './linear.js';
import { scale } from './scale.js';

it('multiplies', () => {
  const rate = scale(linear({ initialRate: 0, finalRate: 1, steps: 10 }), 0.5);
  expect([0, 5, 10].map(rate)).toEqual([0, 0.25, 0.5]);
});

it('refuses a factor below 0', () => {
  expect(() => scale(0.1, -1)).toThrow('factor must be a finite number ≥ 0. Received: -1');
});
