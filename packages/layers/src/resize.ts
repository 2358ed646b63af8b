// Resizing of image batches as Keras does it, with gradients: every way is linear in the rows, then in the columns.

import * as tf from '@tensorflow/tfjs-core';
import { type Interpolation, resizeWeights } from './resize-weights.js';

/** Whole-image kernels of tfjs, which know pixels with their centres at halves. Their gradients do not. */
const native: Partial<Record<Interpolation, typeof tf.image.resizeBilinear>> = {
  bilinear: tf.image.resizeBilinear,
  nearest: tf.image.resizeNearestNeighbor,
};

/** [batch, height, width, channels] → [batch, …size, channels]. */
export function resize(
  images: tf.Tensor4D,
  size: [number, number],
  interpolation: Interpolation,
  antialias: boolean,
): tf.Tensor4D {
  const [, height, width] = images.shape;
  const weights = (from: number, to: number) =>
    tf.tensor2d(resizeWeights(interpolation, from, to, antialias), [to, from]);
  const kernel = antialias && interpolation !== 'nearest' ? undefined : native[interpolation];
  if (!kernel) return mix(images, weights(height, size[0]), weights(width, size[1]));
  return tf.customGrad((x) => ({
    value: kernel(x as tf.Tensor4D, size, false, true),
    gradFunc: (dy: tf.Tensor4D) => {
      const rows = tf.transpose(weights(height, size[0]));
      return mix(dy, rows, tf.transpose(weights(width, size[1])));
    },
  }))(images);
}

/** Each image times `rows` [to, from] from the left and `columns` from the right. */
function mix(images: tf.Tensor4D, rows: tf.Tensor2D, columns: tf.Tensor2D): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const flat = tf.reshape(tf.transpose(images, [1, 0, 2, 3]), [height, -1]);
  const mixed = tf.reshape(tf.matMul(rows, flat), [rows.shape[0], batch, width, channels]);
  const turned = tf.reshape(tf.transpose(mixed, [2, 0, 1, 3]), [width, -1]);
  const result = tf.matMul(columns, turned);
  const shape = [columns.shape[0], rows.shape[0], batch, channels] as const;
  return tf.transpose(tf.reshape(result, [...shape]), [2, 1, 0, 3]);
}
