// A decoded image: bytes with their shape.

import { invalidArgument } from '@graftjs/core';
import type { ArrayData } from '../array-data.js';

/** Pixels in [0, 255], row by row from the top, `[height, width, channels]`: grey, red-green-blue, or with alpha. */
export interface DecodedImage extends ArrayData<Uint8Array> {
  readonly shape: readonly [height: number, width: number, channels: number];
}

/** Height and width, in this order, in pixels. */
export type Size = readonly [height: number, width: number];

/** @throws GraftError when a length is no positive integer */
export function checkSize(size: Size): void {
  const isRight = size.length === 2 && size.every((side) => Number.isSafeInteger(side) && side > 0);
  if (!isRight) throw invalidArgument('size', 'two positive integers, height and width', size);
}

/**
 * Keras's `img_to_array`: the pixels as float32, in [0, 255] as before.
 *
 * @example
 * import { imgToArray } from '@graftjs/image-data';
 * imgToArray({ data: Uint8Array.of(0, 128, 255), shape: [1, 1, 3] }).data; // Float32Array [0, 128, 255]
 */
export function imgToArray({ data, shape }: DecodedImage): ArrayData<Float32Array> {
  return { data: Float32Array.from(data), shape };
}
