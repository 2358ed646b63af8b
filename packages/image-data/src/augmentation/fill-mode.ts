// Where a point outside an image is read, as SciPy has it, whose `affine_transform` Keras uses.

/**
 * What is seen beyond the edges of an image `abcd`: `aaaa|abcd|dddd` (`nearest`), one value (`constant`),
 * `dcba|abcd|dcba` (`reflect`), `abcd|abcd|abcd` (`wrap`).
 */
export type FillMode = 'nearest' | 'constant' | 'reflect' | 'wrap';

/**
 * Whether a coordinate lies beyond the first pixel or the last. There `constant` has its value, also between the centre and the
 * edge of the last pixel, where TensorFlow blends.
 */
export function isOutside(x: number, length: number): boolean {
  return x < 0 || x > length - 1;
}

/** The coordinate that stands for any along an axis; what is still outside then has the nearest pixel. */
export const folds: Readonly<Record<FillMode, (x: number, length: number) => number>> = {
  nearest: (x) => x,
  constant: (x) => x,
  reflect: (x, length) => {
    const period = 2 * length;
    const rest = x - Math.floor(x / period) * period;
    return rest >= length - 0.5 ? period - 1 - rest : rest;
  },
  // The last pixel counts as the first one of the next copy, so that a copy is `length` − 1 long.
  wrap: (x, length) => {
    const period = length - 1;
    if (period === 0) return 0;
    if (x < 0) return x + period * (Math.trunc(-x / period) + 1);
    return x > period ? x - period * Math.trunc(x / period) : x;
  },
};
