// Computes once what a frozen base makes of the data: a head trained on that sees what it would in the whole model.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { isResumable, type Batch, type Dataset, type State } from '@graftjs/core';
import {
  featureBatches,
  type FeatureBatch,
  type FeaturesOptions,
  type VariantOptions,
} from './feature-batches.js';

/** What a base made of a data set, example by example; the caller's to dispose. */
export interface Features {
  /** [examples, …], the base's outputs. */
  readonly xs: tf.Tensor;
  /** As the data had them. */
  readonly ys: tf.Tensor;
  /** [examples], where the data had any. */
  readonly sampleWeights?: tf.Tensor;
}

/**
 * The outputs of a base for one epoch of data, in inference mode: with them a head trains as it would on top of the frozen
 * base, without the base's work in every epoch. All features are held in memory: 1,280 numbers of a photo are 5 KB.
 *
 * @param base a model with one input and one output
 * @param data gone through once; each batch is disposed
 * @throws GraftError for another model, and where the data gives no batch
 * @example
 * const { xs, ys } = await computeFeatures(base, photos);
 * const features = arrayDataset({ xs, ys, batchSize: 32, shuffle: true });
 * await fit(head, features, { optimizer: new Adam(), loss: 'sparseCategoricalCrossentropy', epochs: 20 });
 */
export async function computeFeatures(
  base: LayersModel,
  data: Dataset,
  options: FeaturesOptions = {},
): Promise<Features> {
  const { xs, ...rest } = await gatherFeatures(base, data, options);
  return { xs: xs[0] as tf.Tensor, ...rest };
}

/** The features of all batches together. */
export async function gatherFeatures(
  base: LayersModel,
  data: Dataset,
  options: FeaturesOptions & VariantOptions,
): Promise<FeatureBatch> {
  const parts: FeatureBatch[] = [];
  try {
    for await (const batch of featureBatches(base, data, options)) parts.push(batch);
    const [first] = parts as [FeatureBatch];
    const { sampleWeights } = first;
    return tf.tidy(() => ({
      xs: first.xs.map((_, i) => tf.concat(parts.map(({ xs }) => xs[i] as tf.Tensor))),
      ys: tf.concat(parts.map(({ ys }) => ys)),
      ...(sampleWeights && {
        sampleWeights: tf.concat(parts.map((part) => part.sampleWeights as tf.Tensor)),
      }),
    }));
  } finally {
    tf.dispose(parts.map((part) => ({ ...part, xs: [...part.xs] })));
  }
}

/**
 * What a base makes of the data, as a data set that computes it anew in every epoch: for data that never gives the same
 * twice. The head then trains beside the base, which runs in inference mode, by the fastest engine present.
 *
 * @param base, data as in {@link computeFeatures}
 * @example
 * const { base, head } = splitHead(model);
 * await fit(head, streamFeatures(base, augmented), { optimizer: new Adam(), loss, epochs: 5 });
 */
export function streamFeatures(
  base: LayersModel,
  data: Dataset,
  options: FeaturesOptions = {},
): Dataset {
  async function* iterate(): AsyncGenerator<Batch> {
    for await (const { xs, ...rest } of featureBatches(base, data, options))
      yield { xs: xs[0] as tf.Tensor, ...rest };
  }
  const { batches, examples } = data;
  return {
    ...{ batches, examples, [Symbol.asyncIterator]: iterate },
    // Their state is that of the data.
    ...(isResumable(data) && {
      saveState: () => data.saveState(),
      restoreState: (state: State) => data.restoreState(state),
    }),
  };
}
