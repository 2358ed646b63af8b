// A data set whose images are changed at random.

import * as tf from '@tensorflow/tfjs-core';
import { isResumable, type Batch, type Dataset } from '@graftjs/core';
import { Epochs, resumeTogether } from '../epochs.js';
import { pixelBatches } from '../pixel-source.js';
import { planAugmentation } from './augment-images.js';
import type { AugmentOptions } from './augment-options.js';

/** Options of {@link augment}. */
export interface AugmentDatasetOptions extends AugmentOptions {
  /** An integer from which, with the number of the epoch and the place of an image in it, all follows. Default: a new one each time. */
  readonly seed?: number;
}

/**
 * Changes the images of a data set at random, with the options of Keras's `ImageDataGenerator`: all geometry of an image is
 * one affine map, and a batch is interpolated once. Labels and weights stay as they are.
 *
 * What happens to an image follows from the seed, the number of the epoch (every iteration is one, counted from 0) and the
 * place of the image in the epoch, on every backend, for any size of the batches. The batches of `data` are disposed.
 *
 * @param data batches of `xs` [batch, height, width, channels], in 0 … 255
 * @throws GraftError for an option out of range, and in training for `xs` of another rank
 * @example
 * import { augment } from '@graftjs/image-data';
 * const train = augment(photos, {
 *   ...{ rotationRange: 15, widthShiftRange: 0.1, heightShiftRange: 0.1, zoomRange: 0.2, horizontalFlip: true },
 *   seed: 1,
 * });
 */
export function augment(data: Dataset, options: AugmentDatasetOptions): Dataset {
  const epochs = new Epochs(options.seed);
  const change = planAugmentation(options);
  async function* iterate(): AsyncGenerator<Batch> {
    const place = epochs.begin();
    let index = 0;
    for await (const batch of pixelBatches(data)) {
      let xs: tf.Tensor;
      try {
        xs = change(batch, { ...place, index });
      } catch (error) {
        tf.dispose({ ...batch.rest });
        throw error;
      }
      index += batch.images.length;
      yield { xs, ...batch.rest };
    }
  }
  return {
    ...{ batches: data.batches, examples: data.examples, [Symbol.asyncIterator]: iterate },
    ...(isResumable(data) && resumeTogether(epochs, data)),
  };
}
