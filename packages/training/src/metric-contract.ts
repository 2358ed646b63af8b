// The contract of a metric: sums over batches, made on the device, and what follows from them at the end of an epoch.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';
import { weigh } from './example-weights.js';
import { maskFor } from './masked.js';

/**
 * A metric adds up what it sees of each batch in a vector, on the device, so that no batch has to be waited for; its value
 * follows from the sums over all batches.
 *
 * @example
 * // How many examples there are.
 * const count: Metric = {
 *   name: 'count',
 *   size: 1,
 *   sums: (yTrue) => tf.tensor1d([yTrue.shape[0]]),
 *   result: ([total = 0]) => total,
 * };
 */
export interface Metric {
  /** In the logs. */
  readonly name: string;
  /** How many sums there are. */
  readonly size: number;
  /**
   * What a batch adds to the sums, [size].
   *
   * @param weights [batch], for a metric among the `weightedMetrics` where examples have weights
   */
  sums(yTrue: tf.Tensor, predictions: tf.Tensor, weights?: tf.Tensor): tf.Tensor1D;
  /** The value for sums over an epoch, or over what has been seen of it. */
  result(sums: readonly number[]): number;
}

/** A metric's value for each example, [batch] or [batch, …], of which the mean is logged. */
export type MetricFunction = (yTrue: tf.Tensor, predictions: tf.Tensor) => tf.Tensor;

/** The (weighted) mean of a value that each example has, over the steps that count where the predictions have a mask. */
export function meanMetric(name: string, values: MetricFunction): Metric {
  return {
    name,
    size: 2,
    sums(yTrue, predictions, weights) {
      const examples = predictions.shape[0] as number;
      const all = values(yTrue, predictions);
      if (all.shape[0] !== examples) {
        const rule = `a value for each example, [${examples}] or [${examples}, …]`;
        throw new GraftError(`metric ${name} must give ${rule}. Received: [${all.shape}]`);
      }
      const ofExamples = (x: tf.Tensor) =>
        x.rank === 1 ? x : tf.mean(tf.reshape(x, [examples, -1]), 1);
      const mask = maskFor(predictions, all, `metric ${name}`);
      const each = ofExamples(mask ? tf.mul(all, mask) : all);
      const counts = mask ? ofExamples(mask) : tf.ones([examples]);
      return tf.stack([
        tf.sum(weigh(each, weights)),
        tf.sum(weigh(counts, weights)),
      ]) as tf.Tensor1D;
    },
    result: ([total, count]) => ratio(total, count),
  };
}

/** a/b, and 0 for 0/0, as in Keras. */
export function ratio(a = NaN, b = NaN): number {
  return b === 0 ? 0 : a / b;
}
