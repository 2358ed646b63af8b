// What mixing data sets share: each batch is mixed with itself in another order, by a share drawn for the batch.

import * as tf from '@tensorflow/tfjs-core';
import { randomBeta } from 'd3-random';
import { invalidArgument, isResumable, type Batch, type Dataset } from '@graftjs/core';
import { Epochs, resumeTogether } from '../epochs.js';
import { permutation, seededUniform, seededWords } from '../random.js';

/** Options that all ways of mixing have. */
export interface MixOptions {
  /** α of the Beta(α, α) distribution of the shares; above 0. Near 0 hardly anything is mixed, at 1 any share is as likely. */
  readonly alpha?: number;
  /** An integer from which, with the number of the epoch and of the batch, all follows. Default: a new one each time. */
  readonly seed?: number;
  /** The number of classes, where `ys` are class indices [batch]: they become probabilities [batch, classes]. */
  readonly classes?: number;
}

/** What is drawn for a batch. */
export interface Draw {
  /** λ, the share of a batch's own examples. */
  readonly share: number;
  /** More numbers from 0 to below 1. */
  readonly uniform: () => number;
}

/**
 * Mixes two tensors of images [batch, …], of the same shape.
 *
 * @returns the mixed images, and the share that the first of them really has
 */
export type MixImages = (
  own: tf.Tensor,
  other: tf.Tensor,
  draw: Draw,
) => { readonly images: tf.Tensor; readonly share: number };

/** Every iteration is an epoch, counted from 0. The batches of `data` are disposed. */
export function mixedDataset(
  data: Dataset,
  { alpha = 1, seed: given, classes }: MixOptions,
  mixImages: MixImages,
): Dataset {
  if (!(Number.isFinite(alpha) && alpha > 0))
    throw invalidArgument('alpha', 'a finite number > 0', alpha);
  if (classes !== undefined && !(Number.isSafeInteger(classes) && classes >= 2))
    throw invalidArgument('classes', 'an integer of at least 2', classes);
  const epochs = new Epochs(given);
  async function* iterate(): AsyncGenerator<Batch> {
    const { seed, epoch: number } = epochs.begin();
    let index = 0;
    for await (const batch of data) {
      try {
        yield mixBatch(batch, drawOf(index), index);
      } finally {
        tf.dispose({ ...batch });
      }
      index += 1;
    }

    function drawOf(batch: number): Draw {
      const uniform = seededUniform(seed, number, batch);
      return { share: randomBeta.source(uniform)(alpha, alpha)(), uniform };
    }

    function mixBatch({ xs, ys, sampleWeights }: Batch, draw: Draw, batch: number): Batch {
      const size = xs.shape[0] as number;
      // An order of its own for each batch: the word is a seed like any other.
      const order = permutation(size, seededWords(seed, number)(), batch);
      return tf.tidy(() => {
        const rows = tf.tensor1d(order, 'int32');
        const { images, share } = mixImages(xs, tf.gather(xs, rows), draw);
        const blend = (own: tf.Tensor) =>
          tf.add(tf.mul(own, share), tf.mul(tf.gather(own, rows), 1 - share));
        return {
          ...{ xs: images, ys: blend(probabilities(ys, classes)) },
          ...(sampleWeights && { sampleWeights: blend(sampleWeights) }),
        };
      });
    }
  }
  return {
    ...{ batches: data.batches, examples: data.examples, [Symbol.asyncIterator]: iterate },
    ...(isResumable(data) && resumeTogether(epochs, data)),
  };
}

/** Class indices have no mean: they become probabilities first. */
function probabilities(ys: tf.Tensor, classes: number | undefined): tf.Tensor {
  if (classes !== undefined) {
    if (ys.rank !== 1)
      throw invalidArgument('ys', 'class indices [batch] where classes is given', ys.shape);
    return tf.oneHot(tf.cast(ys, 'int32') as tf.Tensor1D, classes, 1, 0, 'float32');
  }
  if (ys.dtype === 'int32')
    throw invalidArgument('classes', 'given where ys are class indices', classes);
  return ys;
}
