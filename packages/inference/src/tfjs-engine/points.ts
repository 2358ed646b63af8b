// Convolutions that are a product of matrices as their images lie.

import type * as tf from '@tensorflow/tfjs-core';

/** Whether each place of the output takes one of the input, and all do in turn. */
export function isOfPoints(info: tf.backend_util.Conv2DInfo): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const sizes = [filterHeight, filterWidth, strideHeight, strideWidth];
  const { top, bottom, left, right } = padInfo;
  return sizes.every((size) => size === 1) && [top, bottom, left, right].every((end) => end === 0);
}
