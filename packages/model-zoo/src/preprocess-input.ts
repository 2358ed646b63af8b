// What pixels go through before they enter one of Keras's image models.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';

/** Whose convention a model was trained with. */
export type PreprocessMode = 'caffe' | 'tf' | 'torch' | 'lite';

/** Means of ImageNet's training images in [0, 255], blue first, as Caffe's models have them. */
export const caffeMeans = [103.939, 116.779, 123.68];
/** Means and deviations of ImageNet's training images in [0, 1], red first. */
export const torchMeans = [0.485, 0.456, 0.406];
export const torchDeviations = [0.229, 0.224, 0.225];

/**
 * Keras's `preprocess_input`: pixels in [0, 255], red first, as a model expects them.
 *
 * - `caffe`: blue first, minus the mean of ImageNet's training images; not scaled.
 * - `tf`: x / 127.5 − 1, in [−1, 1].
 * - `torch`: x / 255, minus the mean of each channel, by its deviation.
 * - `lite`: (x − 127) / 128, for EfficientNet-Lite0; Keras has no such model.
 *
 * The channels are the last axis. Unlike Keras, this leaves the input as it was, and has no default mode.
 *
 * @param images [height, width, 3] or [batch, height, width, 3]; `tf` and `lite` take any number of channels
 * @returns float32 of the same shape
 * @throws GraftError when the mode is unknown, or the shape is another
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { preprocessInput } from '@graftjs/model-zoo';
 * const grey = tf.fill([1, 2, 2, 3], 127.5);
 * preprocessInput(grey, 'tf').dataSync(); // zeros
 */
export function preprocessInput(images: tf.Tensor, mode: PreprocessMode): tf.Tensor {
  if (images.rank !== 3 && images.rank !== 4) {
    throw invalidArgument('images', 'of shape [height, width, 3] or [batch, …]', images.shape);
  }
  if (!Object.hasOwn(modes, mode)) throw invalidArgument('mode', 'caffe, tf, torch or lite', mode);
  if ((mode === 'caffe' || mode === 'torch') && images.shape.at(-1) !== 3) {
    throw invalidArgument('images', `of 3 channels, last, for the mode ${mode}`, images.shape);
  }
  return tf.tidy(() => modes[mode](tf.cast(images, 'float32')));
}

const modes: Readonly<Record<PreprocessMode, (x: tf.Tensor) => tf.Tensor>> = {
  caffe: (x) => tf.sub(tf.reverse(x, -1), caffeMeans),
  tf: (x) => tf.sub(tf.div(x, 127.5), 1),
  torch: (x) => tf.div(tf.sub(tf.div(x, 255), torchMeans), torchDeviations),
  lite: (x) => tf.div(tf.sub(x, 127), 128),
};
