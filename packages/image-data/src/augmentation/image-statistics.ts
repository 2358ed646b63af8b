// Mean and standard deviation of a data set's channels: Keras's `ImageDataGenerator.fit`, for data that memory does not hold.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError, type Dataset } from '@graftjs/core';
import { pixelBatches } from '../pixel-source.js';

/** Of each channel, over all pixels of all images. */
export interface ImageStatistics {
  readonly mean: readonly number[];
  readonly std: readonly number[];
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
  let count = 0;
  /** The first pixel: sums of distances from it lose less than sums of values. */
  let origin: number[] = [];
  let [sums, squares] = [new Float64Array(), new Float64Array()];
  for await (const { images, shape, rest } of pixelBatches(data)) {
    tf.dispose({ ...rest });
    const channels = shape[2];
    for (const image of images) {
      if (count === 0) {
        origin = Array.from(image.subarray(0, channels));
        [sums, squares] = [new Float64Array(channels), new Float64Array(channels)];
      }
      for (let i = 0; i < image.length; i += channels) {
        for (let channel = 0; channel < channels; channel++) {
          const distance = (image[i + channel] as number) - (origin[channel] as number);
          (sums[channel] as number) += distance;
          (squares[channel] as number) += distance * distance;
        }
      }
      count += image.length / channels;
    }
  }
  if (count === 0) throw new GraftError('statistics need images. The data set has none');
  const means = Array.from(sums, (sum) => sum / count);
  return {
    mean: means.map((mean, channel) => (mean + (origin[channel] as number)) * rescale),
    std: means.map((mean, channel) => {
      const variance = (squares[channel] as number) / count - mean * mean;
      return Math.sqrt(Math.max(variance, 0)) * Math.abs(rescale);
    }),
  };
}
