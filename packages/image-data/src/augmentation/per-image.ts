// Colours of some images of a batch changed, each by its own number, in one go.

import * as tf from '@tensorflow/tfjs-core';
import type { ImageTransform } from './image-transform.js';

/** [batch, 1, 1, 1] */
export function perImage(numbers: readonly number[]): tf.Tensor4D {
  return tf.tensor4d([...numbers], [numbers.length, 1, 1, 1]);
}

/**
 * Applies a change to the images for which `numberOf` has a number; the others stay as they are, to the bit.
 *
 * @param change of all images by [batch, 1, 1, 1]; where an image has no number, `neutral` stands there
 */
export function onSome(
  images: tf.Tensor4D,
  transforms: readonly ImageTransform[],
  numberOf: (transform: ImageTransform) => number | undefined,
  neutral: number,
  change: (images: tf.Tensor4D, numbers: tf.Tensor4D) => tf.Tensor,
): tf.Tensor4D {
  const numbers = transforms.map(numberOf);
  const isIn = numbers.map((number) => number !== undefined);
  if (!isIn.includes(true)) return images;
  const changed = change(images, perImage(numbers.map((number) => number ?? neutral)));
  if (!isIn.includes(false)) return changed as tf.Tensor4D;
  const mask = tf.tensor4d(isIn, [isIn.length, 1, 1, 1], 'bool');
  return tf.where(tf.broadcastTo(mask, images.shape), changed, images) as tf.Tensor4D;
}

/** The least and the greatest value of each image, [batch, 1, 1, 1]. */
export function extremes(images: tf.Tensor4D): { least: tf.Tensor; greatest: tf.Tensor } {
  return { least: tf.min(images, [1, 2, 3], true), greatest: tf.max(images, [1, 2, 3], true) };
}
