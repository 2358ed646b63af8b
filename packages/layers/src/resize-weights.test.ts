import { describe, expect, it } from 'vitest';
import { type Interpolation, resizeWeights } from './resize-weights.js';

const all: Interpolation[] = ['nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5', 'area'];

describe('resizeWeights', () => {
  it.each(all)('of %s sum to 1 for each pixel made', (interpolation) => {
    for (const [from, to] of [
      [5, 8],
      [7, 3],
      [4, 4],
      [1, 3],
    ] as const) {
      for (const antialias of [false, true]) {
        const weights = resizeWeights(interpolation, from, to, antialias);
        for (let i = 0; i < to; i++) {
          const sum = weights.subarray(i * from, (i + 1) * from).reduce((a, b) => a + b, 0);
          expect(sum).toBeCloseTo(1, 5);
        }
      }
    }
  });

  it('keep an image of the same size', () => {
    for (const interpolation of all) {
      const weights = Array.from(resizeWeights(interpolation, 2, 2, false));
      for (const [i, expected] of [1, 0, 0, 1].entries())
        expect(weights[i]).toBeCloseTo(expected, 6);
    }
  });

  it('are those computed by hand', () => {
    const rows = (...args: Parameters<typeof resizeWeights>) => Array.from(resizeWeights(...args));
    expect(rows('bilinear', 2, 4, false)).toEqual([1, 0, 0.75, 0.25, 0.25, 0.75, 0, 1]);
    expect(rows('nearest', 3, 2, false)).toEqual([1, 0, 0, 0, 0, 1]);
    expect(rows('area', 4, 2, false)).toEqual([0.5, 0.5, 0, 0, 0, 0, 0.5, 0.5]);
    // A triangle of twice the width: distances 1/4, 3/4 (and 3/4, 5/4 beyond the edge).
    const wide = rows('bilinear', 4, 2, true);
    for (const [i, share] of [0.75, 0.75, 0.25, 0].entries())
      expect(wide[i]).toBeCloseTo(share / 1.75);
  });
});
