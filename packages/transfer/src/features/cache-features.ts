// Computes the features of a frozen base once, in each variant of the data, and keeps them in memory.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Batch, Dataset } from '@graftjs/core';
import { gatherFeatures } from './compute-features.js';
import {
  checkVariants,
  type FeatureBatch,
  type FeaturesOptions,
  type VariantOptions,
} from './feature-batches.js';
import {
  checkFeatureOptions,
  featureDataset,
  type FeatureDataset,
  type FeatureDatasetOptions,
  type FeatureRows,
} from './feature-dataset.js';

export interface CacheFeaturesOptions
  extends FeaturesOptions, FeatureDatasetOptions, VariantOptions {}

/**
 * What a frozen base makes of the data, as a data set for the head: the base works once for each example and variant, not in
 * every epoch. All is held in memory; `@graftjs/transfer/node` has a `cacheFeatures` that keeps it on the disk.
 *
 * @param base a model with one input and one output
 * @param data gone through once; shuffling it is of no use, as the result is shuffled
 * @throws GraftError for another model, an option out of range, and where the data gives no batch
 * @example
 * const { base, head } = splitHead(model);
 * const features = await cacheFeatures(base, photos, {
 *   ...{ batchSize: 64, seed: 1, variants: 4 },
 *   augment: (xs, { variant, index }) => augmentImages(xs, { rotationRange: 20 }, { seed: 1, epoch: variant, index }),
 * });
 * await fit(head, features, { optimizer: new Adam(), loss: 'sparseCategoricalCrossentropy', epochs: 20 });
 * await features.dispose();
 */
export async function cacheFeatures(
  base: LayersModel,
  data: Dataset,
  options: CacheFeaturesOptions = {},
): Promise<FeatureDataset> {
  const settings = checkFeatureOptions(options);
  checkVariants(options);
  return featureDataset(inMemory(await gatherFeatures(base, data, options)), settings);
}

/** Takes the features over. */
export function inMemory({ xs, ys, sampleWeights }: FeatureBatch): FeatureRows {
  return {
    examples: ys.shape[0] as number,
    variants: xs.length,
    read(rows, variant): Batch {
      const index = tf.tensor1d(rows, 'int32');
      try {
        return {
          ...{ xs: tf.gather(xs[variant] as tf.Tensor, index), ys: tf.gather(ys, index) },
          ...(sampleWeights && { sampleWeights: tf.gather(sampleWeights, index) }),
        };
      } finally {
        index.dispose();
      }
    },
    dispose: () => tf.dispose([...xs, ys, ...(sampleWeights ? [sampleWeights] : [])]),
  };
}
