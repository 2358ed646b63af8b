// Runs a model on data, in inference mode.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { checkExamples } from './checks.js';
import { makePass } from './make-pass.js';
import { pacer } from './pacer.js';

export interface PredictOptions {
  /** Default 32, as in Keras. */
  batchSize?: number;
  /** Stops between two batches, with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * The model's outputs for `xs` [n, …], computed batch by batch.
 *
 * @returns a tensor [n, …], the caller's to dispose
 * @throws GraftError for examples that do not fit the model, or none
 * @example
 * const probabilities = await predict(model, images);
 */
export async function predict(
  model: LayersModel,
  xs: tf.Tensor,
  { batchSize = 32, signal }: PredictOptions = {},
): Promise<tf.Tensor> {
  const count = checkExamples(model, xs, batchSize);
  const pace = pacer(signal);
  const pass = makePass(model, Math.ceil(count / batchSize));
  const parts: tf.Tensor[] = [];
  try {
    for (let start = 0; start < count; start += batchSize) {
      parts.push(
        tf.tidy(() => {
          const size = Math.min(batchSize, count - start);
          const batch = tf.slice(xs, [start], [size]);
          return pass.run([batch], () => model.apply(batch, { training: false }) as tf.Tensor);
        }),
      );
      await pace();
    }
    return tf.concat(parts);
  } finally {
    pass.dispose();
    tf.dispose(parts);
  }
}
