import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateAt, type Rate } from './schedule.js';

describe('rateAt', () => {
  it('gives a constant at every step', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.nat(), (rate, step) => {
        expect(rateAt(rate, step)).toBe(rate);
        expect(rateAt((s) => rate / (1 + s), step)).toBe(rate / (1 + step));
      }),
    );
  });

  it.each<[unknown, string]>([
    [-1, '-1'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    ['0.1', '"0.1"'],
    [null, 'null'],
    [() => -0.5, '-0.5'],
    [() => undefined, 'undefined'],
  ])('refuses %s', (rate, text) => {
    expect(() => rateAt(rate as Rate, 7)).toThrow(
      `rate at step 7 must be a finite number ≥ 0. Received: ${text}`,
    );
  });
});
