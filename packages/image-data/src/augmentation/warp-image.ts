// All geometry of an image in one interpolation.

import type { AffineMap } from './affine-map.js';
import { folds, isOutside, type FillMode } from './fill-mode.js';
import type { Pixels } from './pixels.js';

/** How an image is read between its pixels and beyond its edges. */
export interface WarpSettings {
  readonly fillMode: FillMode;
  /** The value outside, with `constant`. */
  readonly cval: number;
  /** 0 takes the nearest pixel, 1 mixes four. */
  readonly interpolationOrder: 0 | 1;
}

/** Writes the pixel at `at` of `to`: what is at a point of the image. */
type Read = (to: Float32Array, at: number, x: number, y: number) => void;

const { fround } = Math;

/**
 * Pixel (x, y) of `to` becomes that at the point of `from` where the map has (x, y). Places are computed in float64, values in
 * float32.
 */
export function warpImage(
  from: Pixels,
  to: Float32Array,
  [a, b, c, d, e, f]: AffineMap,
  { fillMode, cval, interpolationOrder }: WarpSettings,
): void {
  const { height, width, channels } = from;
  const [lastX, lastY] = [width - 1, height - 1];
  const read = interpolationOrder === 0 ? nearestOf(from) : mixOf(from);
  const fold = folds[fillMode];
  let at = 0;
  for (let row = 0; row < height; row++) {
    const [startX, startY] = [b * row + c, e * row + f];
    for (let column = 0; column < width; column++, at += channels) {
      let x = startX + a * column;
      let y = startY + d * column;
      if (isOutside(x, width) || isOutside(y, height)) {
        if (fillMode === 'constant') {
          to.fill(cval, at, at + channels);
          continue;
        }
        x = fold(x, width);
        y = fold(y, height);
      }
      x = x > 0 ? x : 0;
      y = y > 0 ? y : 0;
      read(to, at, x < lastX ? x : lastX, y < lastY ? y : lastY);
    }
  }
}

function nearestOf({ data, width, channels }: Pixels): Read {
  return (to, at, x, y) => {
    const first = (Math.floor(y + 0.5) * width + Math.floor(x + 0.5)) * channels;
    for (let i = 0; i < channels; i++) to[at + i] = data[first + i] as number;
  };
}

function mixOf({ data, height, width, channels }: Pixels): Read {
  // The last pixel is read as the right one of two, whose left one counts nothing.
  const [mostLeft, mostAbove] = [Math.max(width - 2, 0), Math.max(height - 2, 0)];
  const right = width > 1 ? channels : 0;
  const below = height > 1 ? width * channels : 0;
  return (to, at, x, y) => {
    // Both are at least 0.
    const left = Math.min(x | 0, mostLeft);
    const above = Math.min(y | 0, mostAbove);
    const across = fround(x - left);
    const down = fround(y - above);
    const both = fround(across * down);
    const w10 = fround(across - both);
    const w01 = fround(down - both);
    const w00 = fround(fround(1 - across) - w01);
    const first = (above * width + left) * channels;
    for (let i = first; i < first + channels; i++) {
      const upper = fround(w00 * (data[i] as number)) + fround(w10 * (data[i + right] as number));
      const three = fround(upper) + fround(w01 * (data[i + below] as number));
      to[at++] = fround(three) + fround(both * (data[i + below + right] as number));
    }
  };
}
