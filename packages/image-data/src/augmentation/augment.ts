// A data set whose images are changed at random.

import * as tf from '@tensorflow/tfjs-core';
import { batchTensors, type Batch, type Dataset } from '@graftjs/core';
import { planAugmentation } from './augment-images.js';
import type { AugmentOptions } from './augment-options.js';
import { checkPlace } from './draw-transform.js';

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
  const { seed = Math.floor(Math.random() * 2 ** 32) } = options;
  checkPlace({ seed, epoch: 0, index: 0 });
  const change = planAugmentation(options);
  let epochs = 0;
  async function* epoch(): AsyncGenerator<Batch> {
    const number = epochs++;
    let index = 0;
    for await (const batch of data) {
      const { xs, ...rest } = batch;
      let images: tf.Tensor;
      try {
        // Where they lie on a GPU, this brings them without stopping everything else.
        await xs.data();
        images = change(xs, { seed, epoch: number, index });
      } catch (error) {
        tf.dispose(batchTensors(batch));
        throw error;
      }
      index += xs.shape[0] as number;
      xs.dispose();
      yield { xs: images, ...rest };
    }
  }
  return { batches: data.batches, examples: data.examples, [Symbol.asyncIterator]: epoch };
}
