// Where each pixel of a result is read in its image: in doubles on the host, so that all backends read the same points.

import type { Size } from '../images/image.js';
import type { AffineMap } from './affine-map.js';
import { edges, type FillMode } from './fill-mode.js';

/**
 * Writes column and row of each pixel, row by row, into `x` and `y`, from `offset` on. A point outside that has the one value
 * of `constant` has both OUTSIDE.
 */
export function writeSourcePoints(
  [a, b, c, d, e, f]: AffineMap,
  [height, width]: Size,
  fillMode: FillMode,
  { x, y, offset = 0 }: { x: Float32Array | Float64Array; y: typeof x; offset?: number },
): void {
  const edge = edges[fillMode];
  let at = offset;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      x[at] = edge(a * column + b * row + c, width);
      y[at] = edge(d * column + e * row + f, height);
      at += 1;
    }
  }
}
