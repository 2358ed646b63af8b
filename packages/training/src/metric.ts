// The metrics, as Keras defines them: values of each example, which training averages over an epoch.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';

/** The value of each example, [batch] or [batch, …]. */
export type Metric = (yTrue: tf.Tensor, predictions: tf.Tensor) => tf.Tensor;

export const metrics = { accuracy } satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;

/** Metrics by name: those of Keras, or functions of one's own under their function name. */
export function resolveMetrics(list: readonly (MetricName | Metric)[]): [string, Metric][] {
  const named = list.map((metric): [string, Metric] => {
    if (typeof metric === 'function') return [metric.name, metric];
    if (Object.hasOwn(metrics, metric)) return [metric, metrics[metric]];
    throw invalidArgument('metrics', `functions or ${Object.keys(metrics).join(', ')}`, metric);
  });
  const names = ['loss', ...named.map(([name]) => name)];
  if (names.includes('') || new Set(names).size < names.length) {
    throw invalidArgument('metrics', 'named each in its own way, and not "loss"', names.slice(1));
  }
  return named;
}

/**
 * 1 where the prediction is right, else 0. As in Keras the shapes decide: one output is a probability compared with 0.5;
 * else the largest output is compared with a class index [batch] or [batch, 1], or with the largest target [batch, n].
 */
export function accuracy(yTrue: tf.Tensor, predictions: tf.Tensor): tf.Tensor {
  if (predictions.shape.at(-1) === 1) {
    const targets = tf.cast(tf.reshape(yTrue, predictions.shape), 'float32');
    const guess = tf.cast(tf.greater(predictions, 0.5), 'float32');
    return tf.mean(tf.cast(tf.equal(targets, guess), 'float32'), -1);
  }
  const guess = tf.argMax(predictions, -1);
  const sparse = yTrue.size === guess.size;
  const target = sparse ? tf.cast(tf.reshape(yTrue, guess.shape), 'int32') : tf.argMax(yTrue, -1);
  return tf.cast(tf.equal(target, guess), 'float32');
}
