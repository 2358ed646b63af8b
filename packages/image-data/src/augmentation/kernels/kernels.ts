// What takes the time in changing an image, and is written twice: in JavaScript, and in WebAssembly with the same bits.

import type { AffineMap } from '../affine-map.js';
import type { Extremes, Pixels } from '../pixels.js';
import type { WarpSettings } from '../warp-image.js';
import type { ValueStep } from './value-step.js';

/** Loops over an image. Values are float32: each sum and product is rounded. */
export interface Kernels {
  /** Pixel (x, y) of `to` becomes that at the point of `from` where the map has (x, y). */
  warp(from: Pixels, to: Float32Array, map: AffineMap, settings: WarpSettings): void;
  /** The least and the greatest value. */
  extremes(data: Float32Array): Extremes;
  /** Does one step after the other to all values. */
  change(data: Float32Array, steps: readonly ValueStep[]): void;
}
