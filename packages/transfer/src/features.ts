// Computes once what a frozen base makes of the data: a head trained on that sees what it would in the whole model.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { batchTensors, GraftError, invalidArgument, type Dataset } from '@graftjs/core';

/** What a base made of a data set, example by example; the caller's to dispose. */
export interface Features {
  /** [examples, …], the base's outputs. */
  readonly xs: tf.Tensor;
  /** As the data had them. */
  readonly ys: tf.Tensor;
  /** [examples], where the data had any. */
  readonly sampleWeights?: tf.Tensor;
}

export interface FeaturesOptions {
  /** Told the number of examples done after each batch. */
  readonly onBatch?: (examples: number) => void;
  /** Stops between two batches, with the signal's reason. */
  readonly signal?: AbortSignal;
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
  { onBatch, signal }: FeaturesOptions = {},
): Promise<Features> {
  const { inputs, outputs } = base;
  if (inputs.length !== 1 || outputs.length !== 1) {
    const received = `${inputs.length} inputs and ${outputs.length} outputs`;
    throw invalidArgument('base', 'a model with one input and one output', received);
  }
  const parts: tf.Tensor[][] = [];
  let examples = 0;
  try {
    for await (const batch of data) {
      try {
        signal?.throwIfAborted();
        const [, ...rest] = batchTensors(batch);
        const features = tf.tidy(() => base.apply(batch.xs, { training: false }) as tf.Tensor);
        parts.push([features, ...rest.map((tensor) => tf.clone(tensor))]);
        examples += batch.xs.shape[0] as number;
      } finally {
        tf.dispose({ ...batch });
      }
      onBatch?.(examples);
      // Ctrl-C, and whoever watches, get their turn.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    if (parts.length === 0) throw new GraftError('data gave no batch');
    return tf.tidy(() => {
      const column = (i: number) => tf.concat(parts.map((part) => part[i] as tf.Tensor));
      const weighted = (parts[0] as tf.Tensor[]).length > 2;
      return { xs: column(0), ys: column(1), ...(weighted && { sampleWeights: column(2) }) };
    });
  } finally {
    tf.dispose(parts);
  }
}
