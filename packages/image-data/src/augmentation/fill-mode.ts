// Where a point outside an image is read, as SciPy has it, whose `affine_transform` Keras uses.

/**
 * What is seen beyond the edges of an image `abcd`: `aaaa|abcd|dddd` (`nearest`), one value (`constant`),
 * `dcba|abcd|dcba` (`reflect`), `abcd|abcd|abcd` (`wrap`).
 */
export type FillMode = 'nearest' | 'constant' | 'reflect' | 'wrap';

/** Instead of a coordinate, for a point outside that has the one value. */
export const OUTSIDE = -1;

/** The coordinate from 0 to `length` − 1 that stands for any along an axis, or {@link OUTSIDE}. */
export const edges: Readonly<Record<FillMode, (x: number, length: number) => number>> = {
  nearest: (x, length) => (x < 0 ? 0 : x > length - 1 ? length - 1 : x),
  // Also between the centre and the edge of the last pixel, where TensorFlow blends.
  constant: (x, length) => (x < 0 || x > length - 1 ? OUTSIDE : x),
  reflect: (x, length) => {
    if (x >= 0 && x <= length - 1) return x;
    const period = 2 * length;
    const rest = x - Math.floor(x / period) * period;
    const folded = rest >= length - 0.5 ? period - 1 - rest : rest;
    return edges.nearest(folded, length);
  },
  // The last pixel counts as the first one of the next copy, so that a copy is `length` − 1 long.
  wrap: (x, length) => {
    if (x >= 0 && x <= length - 1) return x;
    const period = length - 1;
    if (period === 0) return 0;
    return x < 0 ? x + period * (Math.trunc(-x / period) + 1) : x - period * Math.trunc(x / period);
  },
};
