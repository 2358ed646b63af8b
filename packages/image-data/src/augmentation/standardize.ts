// Numbers as a network wants them, from pixels: Keras's `ImageDataGenerator.standardize`.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';
import type { ImageStatistics } from './image-statistics.js';

/** What Keras's generator does to images after they were changed at random, in this order. */
export interface StandardizeOptions {
  /** Of a batch; it may make tensors freely, and must keep the shape. */
  readonly preprocessingFunction?: (images: tf.Tensor4D) => tf.Tensor4D;
  /** What values are multiplied by, such as 1/255. */
  readonly rescale?: number;
  /** Whether the mean of each image becomes 0. With `samplewiseStdNormalization` it does so anyway. */
  readonly samplewiseCenter?: boolean;
  /** Whether each image is divided by its standard deviation. */
  readonly samplewiseStdNormalization?: boolean;
  /** Whether the data's mean is subtracted, channel by channel. With `featurewiseStdNormalization` it is so anyway. */
  readonly featurewiseCenter?: boolean;
  /** Whether values are divided by the data's standard deviation, channel by channel. */
  readonly featurewiseStdNormalization?: boolean;
  /** The data's mean and standard deviation, after `rescale`: see {@link imageStatistics}. */
  readonly statistics?: ImageStatistics;
}

/** Keras adds it to what it divides by. */
const EPSILON = 1e-6;

/** @throws GraftError for an option out of range, or where statistics are needed and absent */
export function checkStandardize(options: StandardizeOptions): void {
  const { rescale = 1, statistics } = options;
  if (!Number.isFinite(rescale) || rescale === 0) {
    throw invalidArgument('rescale', 'a finite number other than 0', rescale);
  }
  const { featurewiseCenter = false, featurewiseStdNormalization = false } = options;
  if ((featurewiseCenter || featurewiseStdNormalization) && !statistics) {
    throw invalidArgument('statistics', 'given for the featurewise options', statistics);
  }
}

/**
 * Applies the options to images; with none of them, images are as they were.
 *
 * @param images float32 [batch, height, width, channels]; they stay the caller's
 * @returns of the same shape
 * @throws GraftError for an option out of range, or statistics that are missing or of other channels
 * @example
 * const images = tf.tensor4d([0, 255], [1, 1, 2, 1]);
 * standardize(images, { rescale: 1 / 255 }).dataSync(); // [0, 1]
 */
export function standardize(images: tf.Tensor4D, options: StandardizeOptions): tf.Tensor4D {
  checkStandardize(options);
  return tf.tidy(() => {
    let x = tf.clone(images);
    if (options.preprocessingFunction) x = options.preprocessingFunction(x);
    if (options.rescale !== undefined) x = tf.mul(x, options.rescale);
    const samplewise = options.samplewiseStdNormalization ?? false;
    if (options.samplewiseCenter || samplewise) x = tf.sub(x, tf.mean(x, [1, 2, 3], true));
    if (samplewise) {
      const deviation = tf.sqrt(tf.mean(tf.square(x), [1, 2, 3], true));
      x = tf.div(x, tf.add(deviation, EPSILON));
    }
    const featurewise = options.featurewiseStdNormalization ?? false;
    if (options.featurewiseCenter || featurewise) x = tf.sub(x, row(x, options, 'mean'));
    if (featurewise) x = tf.div(x, tf.add(row(x, options, 'std'), EPSILON));
    return x;
  });
}

function row(
  images: tf.Tensor4D,
  { statistics }: StandardizeOptions,
  name: 'mean' | 'std',
): tf.Tensor1D {
  const values = statistics?.[name] ?? [];
  const channels = images.shape[3];
  if (values.length !== channels) {
    throw invalidArgument(`statistics.${name}`, `of ${channels} channels`, values);
  }
  return tf.tensor1d([...values]);
}
