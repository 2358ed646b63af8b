// The accuracies, as Keras defines them: the share of examples whose prediction is right.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';
import { meanMetric, type Metric } from './metric-contract.js';
import { checkTargets, classIndices, targetsLike } from './targets.js';

/** Settings that every metric takes. */
export interface MetricOptions {
  /** In the logs; default: the name of the metric. */
  name?: string;
}

/**
 * One of the three below, as the shapes say: {@link binaryAccuracy} for one output; else
 * {@link sparseCategoricalAccuracy} for class indices [batch] or [batch, 1], {@link categoricalAccuracy} for the rest.
 */
export function accuracy({ name = 'accuracy' }: MetricOptions = {}): Metric {
  return meanMetric(name, (yTrue, predictions) => {
    if (predictions.shape.at(-1) === 1) return agreesWithThreshold(yTrue, predictions, 0.5);
    const sparse = yTrue.rank < predictions.rank || yTrue.shape.at(-1) === 1;
    return sparse ? agreesWithIndex(yTrue, predictions) : agreesWithLargest(yTrue, predictions);
  });
}

/** Outputs above a threshold count as 1, the others as 0; `yTrue` like `predictions`, or [batch] for one output. */
export function binaryAccuracy({
  name = 'binaryAccuracy',
  threshold = 0.5,
}: MetricOptions & { threshold?: number } = {}): Metric {
  return meanMetric(name, (yTrue, predictions) =>
    agreesWithThreshold(yTrue, predictions, threshold),
  );
}

/** Whether the largest output is the largest target; `yTrue` like `predictions`, [batch, classes]. */
export function categoricalAccuracy({ name = 'categoricalAccuracy' }: MetricOptions = {}): Metric {
  return meanMetric(name, agreesWithLargest);
}

/** Whether the largest output is the class in `yTrue`, [batch] or [batch, 1]. */
export function sparseCategoricalAccuracy({
  name = 'sparseCategoricalAccuracy',
}: MetricOptions = {}): Metric {
  return meanMetric(name, agreesWithIndex);
}

/**
 * Whether the class of the largest target is among the k largest outputs; `yTrue` like `predictions`. Equal outputs on the
 * border are all among them.
 *
 * @param options `k`: default 5
 */
export function topKCategoricalAccuracy({
  name = 'topKCategoricalAccuracy',
  k = 5,
}: MetricOptions & { k?: number } = {}): Metric {
  checkK(k);
  return meanMetric(name, (yTrue, predictions) => {
    checkTargets(yTrue, [predictions.shape], 'metric');
    return isAmongLargest(tf.argMax(yTrue, -1), predictions, k);
  });
}

/** As {@link topKCategoricalAccuracy} with class indices in `yTrue`, [batch] or [batch, 1]. */
export function sparseTopKCategoricalAccuracy({
  name = 'sparseTopKCategoricalAccuracy',
  k = 5,
}: MetricOptions & { k?: number } = {}): Metric {
  checkK(k);
  return meanMetric(name, (yTrue, predictions) =>
    isAmongLargest(classIndices(yTrue, predictions, 'metric'), predictions, k),
  );
}

function agreesWithThreshold(
  yTrue: tf.Tensor,
  predictions: tf.Tensor,
  threshold: number,
): tf.Tensor {
  const targets = targetsLike(yTrue, predictions, 'metric');
  const guess = tf.cast(tf.greater(predictions, threshold), 'float32');
  return tf.cast(tf.equal(targets, guess), 'float32');
}

function agreesWithLargest(yTrue: tf.Tensor, predictions: tf.Tensor): tf.Tensor {
  checkTargets(yTrue, [predictions.shape], 'metric');
  return agrees(tf.argMax(yTrue, -1), predictions);
}

function agreesWithIndex(yTrue: tf.Tensor, predictions: tf.Tensor): tf.Tensor {
  return agrees(classIndices(yTrue, predictions, 'metric'), predictions);
}

function agrees(classes: tf.Tensor, predictions: tf.Tensor): tf.Tensor {
  return tf.cast(tf.equal(classes, tf.argMax(predictions, -1)), 'float32');
}

/** Fewer than k outputs are larger than that of the class; an output that is no number is no hit. */
function isAmongLargest(classes: tf.Tensor, predictions: tf.Tensor, k: number): tf.Tensor {
  const oneHot = tf.cast(tf.oneHot(tf.cast(classes, 'int32'), predictions.shape.at(-1) as number), 'float32'); // prettier-ignore
  const own = tf.sum(tf.mul(oneHot, predictions), -1, true);
  const larger = tf.sum(tf.cast(tf.greater(predictions, own), 'float32'), -1);
  // Not a number in one output makes `own` one, which does not equal itself; and no class has a row of zeros.
  const valid = tf.logicalAnd(tf.equal(own, own), tf.any(tf.cast(oneHot, 'bool'), -1, true));
  const hit = tf.logicalAnd(tf.less(larger, k), tf.squeeze(valid, [-1]));
  return tf.cast(hit, 'float32');
}

function checkK(k: number): void {
  if (!(Number.isInteger(k) && k > 0)) throw invalidArgument('k', 'a positive integer', k);
}
