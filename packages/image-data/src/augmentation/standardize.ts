// Numbers as a network wants them, from pixels: Keras's `ImageDataGenerator.standardize`.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';
import { checkImages, split } from '../pixel-source.js';
import type { ImageStatistics } from './image-statistics.js';
import { javascriptKernels } from './kernels/javascript-kernels.js';
import type { Kernels } from './kernels/kernels.js';
import type { ValueStep } from './kernels/value-step.js';

/** What Keras's generator does to images after they were changed at random, in this order. */
export interface StandardizeOptions {
  /** Of a batch; it makes tensors freely, and keeps the shape. */
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
  /** Whether the values of images lose their correlations, last of all, with the statistics of {@link zcaStatistics}; implies `featurewiseCenter`. */
  readonly zcaWhitening?: boolean;
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
  if (!options.zcaWhitening) return;
  if (!statistics?.zcaMatrix) {
    throw invalidArgument('statistics', 'those of zcaStatistics for zcaWhitening', statistics);
  }
  if (featurewiseStdNormalization) {
    throw invalidArgument('featurewiseStdNormalization', 'left out with zcaWhitening', true);
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
  checkImages('images', images);
  const { preprocessingFunction: preprocess = tf.clone } = options;
  const values = tf.tidy(() => Float32Array.from(preprocess(images).dataSync()));
  split(values, images.shape[0]).forEach((image) =>
    standardizeImage(image, images.shape[3], options, javascriptKernels),
  );
  return tf.tensor4d(values, images.shape, 'float32');
}

/** All but `preprocessingFunction`, of an image in memory, which is changed, after what remains to be done to its values. */
export function standardizeImage(
  data: Float32Array,
  channels: number,
  options: StandardizeOptions,
  kernels: Kernels,
  before: readonly ValueStep[] = [],
): void {
  const { rescale, samplewiseStdNormalization: byStd = false } = options;
  kernels.change(data, [...before, ...rescaleSteps(rescale)]);
  if (options.samplewiseCenter || byStd) {
    kernels.change(data, [['add', -meanOf(data, (value) => value)]]);
  }
  if (byStd) {
    const deviation = Math.sqrt(meanOf(data, (value) => value * value));
    kernels.change(data, [['divide', deviation + EPSILON]]);
  }
  const { featurewiseStdNormalization: byFeature = false } = options;
  const { zcaWhitening = false } = options;
  if (!options.featurewiseCenter && !byFeature && !zcaWhitening) return;
  const mean = perChannel(options, 'mean', channels);
  const std = byFeature ? perChannel(options, 'std', channels) : [];
  for (let i = 0; i < data.length; i += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const centred = (data[i + channel] as number) - (mean[channel] as number);
      data[i + channel] = byFeature ? centred / ((std[channel] as number) + EPSILON) : centred;
    }
  }
  if (zcaWhitening) whiten(data, options.statistics?.zcaMatrix as Float32Array);
}

/** The image as a row, times the matrix. */
function whiten(data: Float32Array, matrix: Float32Array): void {
  const { length } = data;
  if (matrix.length !== length ** 2) {
    const rule = `of ${length} x ${length} numbers`;
    throw invalidArgument('statistics.zcaMatrix', rule, matrix.length);
  }
  const white = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const value = data[i] as number;
    for (let j = 0; j < length; j++) {
      (white[j] as number) += value * (matrix[i * length + j] as number);
    }
  }
  data.set(white);
}

function meanOf(data: Float32Array, of: (value: number) => number): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += of(data[i] as number);
  return sum / data.length;
}

function rescaleSteps(rescale: number | undefined): ValueStep[] {
  return rescale === undefined ? [] : [['multiply', rescale]];
}

function perChannel(
  { statistics }: StandardizeOptions,
  name: 'mean' | 'std',
  channels: number,
): readonly number[] {
  const values = statistics?.[name] ?? [];
  if (values.length !== channels) {
    throw invalidArgument(`statistics.${name}`, `of ${channels} channels`, values);
  }
  return values;
}
