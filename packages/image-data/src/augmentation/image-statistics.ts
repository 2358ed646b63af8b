// Mean and standard deviation of a data set's channels: Keras's `ImageDataGenerator.fit`, for data that memory does not hold.

import * as tf from '@tensorflow/tfjs-core';
import { batchTensors, GraftError, type Dataset } from '@graftjs/core';
import { checkImages } from '../pixel-source.js';

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
  let mean: number[] = [];
  /** Sums of squared distances from the mean. */
  let squares: number[] = [];
  for await (const batch of data) {
    const { pixels, means, variances } = await momentsOf(batch.xs).finally(() =>
      tf.dispose(batchTensors(batch)),
    );
    if (count === 0) [mean, squares] = [means.map(() => 0), means.map(() => 0)];
    const total = count + pixels;
    // Chan's way of joining the moments of two parts, in doubles.
    means.forEach((other, channel) => {
      const distance = other - (mean[channel] as number);
      (mean[channel] as number) += (distance * pixels) / total;
      (squares[channel] as number) +=
        (variances[channel] as number) * pixels + (distance ** 2 * count * pixels) / total;
    });
    count = total;
  }
  if (count === 0) throw new GraftError('statistics need images. The data set has none');
  return {
    mean: mean.map((value) => value * rescale),
    std: squares.map((sum) => Math.sqrt(sum / count) * Math.abs(rescale)),
  };
}

async function momentsOf(
  images: tf.Tensor,
): Promise<{ pixels: number; means: number[]; variances: number[] }> {
  checkImages('xs', images);
  const [means, variances] = tf.tidy(() => {
    const { mean, variance } = tf.moments(images, [0, 1, 2]);
    return [mean, variance];
  }) as [tf.Tensor, tf.Tensor];
  try {
    const channels = images.shape[3];
    return {
      pixels: images.size / channels,
      means: Array.from(await means.data()),
      variances: Array.from(await variances.data()),
    };
  } finally {
    tf.dispose([means, variances]);
  }
}
