import { expect, it } from 'vitest';
import { seededRandom } from '@graftjs/test-utils';
import { halfOf } from './half.js';

/** The number that 16 bits are, by the standard's definition. */
function numberOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = (half & 1023) / 1024;
  return sign * (exponent === 0 ? 2 ** -14 * fraction : 2 ** (exponent - 15) * (1 + fraction));
}

it('gives the bits of every number of 16 bits back', () => {
  const finite = Array.from({ length: 0x7c00 }, (_, i) => i);
  for (const half of [...finite, ...finite.map((bits) => bits | 0x8000)]) {
    if (half === 0x8000) continue;
    expect(halfOf(numberOf(half))).toBe(half);
  }
});

it('takes the nearest, of two the even one', () => {
  const random = seededRandom(1);
  for (let i = 0; i < 5000; i++) {
    // Of all sizes, also those below the smallest.
    const value = Math.fround((random() - 0.5) * 2 ** (17 - 45 * random()));
    const half = halfOf(value);
    const error = Math.abs(numberOf(half) - value);
    for (const other of [half - 1, half + 1]) {
      if ((other & 0x7fff) >= 0x7c00) continue;
      const distance = Math.abs(numberOf(other) - value);
      expect(error).toBeLessThanOrEqual(distance);
      if (error === distance) expect(half % 2).toBe(0);
    }
  }
  expect(halfOf(1 + 2 ** -11)).toBe(halfOf(1));
  expect(halfOf(1 + 3 * 2 ** -11)).toBe(halfOf(1 + 2 ** -9));
});
