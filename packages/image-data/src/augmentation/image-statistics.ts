// Mean and standard deviation of a data set's channels: Keras's `ImageDataGenerator.fit`, for data that memory does not hold.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError, type Dataset } from '@graftjs/core';
import { pixelBatches } from '../pixel-source.js';
import { ChannelSums } from './channel-sums.js';

export const NO_IMAGES = 'statistics need images. The data set has none';

/** Of each channel, over all pixels of all images. */
export interface ImageStatistics {
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Of {@link zcaStatistics}: [values of an image, the same], row by row. */
  readonly zcaMatrix?: Float32Array;
}

/**
 * Goes through one epoch of a data set, and disposes its batches. Give it images that are not augmented, or an augmented data
 * set for Keras's `fit(augment=True)`.
 *
 * @param rescale what values are multiplied by before; the same number as in the options of augmentation
 * @throws GraftError when there are no images
 * @example
 * const statistics = await imageStatistics(data);
 * const train = augment(data, { rotationRange: 15, featurewiseCenter: true, statistics });
 */
export async function imageStatistics(data: Dataset, rescale = 1): Promise<ImageStatistics> {
  const sums = new ChannelSums();
  for await (const { images, shape, rest } of pixelBatches(data)) {
    tf.dispose({ ...rest });
    for (const image of images) sums.add(image, shape[2]);
  }
  const statistics = sums.statistics(rescale);
  if (!statistics) throw new GraftError(NO_IMAGES);
  return statistics;
}
