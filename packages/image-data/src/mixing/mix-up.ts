// mixup: every example is blended with another one, and so are their labels.

import * as tf from '@tensorflow/tfjs-core';
import type { Dataset } from '@graftjs/core';
import { mixedDataset, type MixOptions } from './mixed-dataset.js';

/**
 * mixup: a batch becomes λ · batch + (1 − λ) · the same batch in another order, images and labels alike, with λ drawn from
 * Beta(α, α) for each batch. Train with a loss on probabilities, such as `categoricalCrossentropy`.
 *
 * Source: Zhang et al., mixup: Beyond Empirical Risk Minimization, 2017.
 *
 * @param data batches of `xs` [batch, …] and `ys` [batch, classes], or [batch] with `classes`
 * @param options `alpha` is 0.2 by default
 * @throws GraftError for an option out of range, and in training for class indices without `classes`
 * @example
 * const train = mixUp(arrayDataset({ xs, ys, batchSize: 32, shuffle: true }), { classes: 10, seed: 1 });
 */
export function mixUp(data: Dataset, options: MixOptions = {}): Dataset {
  return mixedDataset(data, { alpha: 0.2, ...options }, (own, other, { share }) => ({
    images: tf.add(tf.mul(own, share), tf.mul(other, 1 - share)),
    share,
  }));
}
