// The area under a curve over thresholds, as Keras approximates it.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';
import type { MetricOptions } from './accuracy.js';
import { weigh } from './example-weights.js';
import { ratio, type Metric } from './metric-contract.js';
import { targetsLike } from './targets.js';

export interface AucOptions extends MetricOptions {
  /** `ROC`: true over false positives; `PR`: precision over recall. Default `ROC`. */
  curve?: 'ROC' | 'PR';
  /** Evenly spaced in [0, 1], at least 2; default 200. */
  numThresholds?: number;
}

/**
 * The area under the curve for probabilities in [0, 1]; `yTrue` like `predictions`, 0 or 1; several outputs count as
 * several examples. Between two thresholds the curve is a line (ROC), or interpolated as Davis and Goadrich do (PR).
 *
 * Its sums are two histograms, of the outputs whose target is 1 and of the others, with a bucket between each threshold
 * and the next.
 *
 * Source: Davis and Goadrich 2006, "The relationship between Precision-Recall and ROC curves".
 *
 * @example
 * await evaluate(model, test, { loss, metrics: ['auc', metrics.auc({ curve: 'PR', name: 'pr' })] });
 */
export function auc({ name = 'auc', curve = 'ROC', numThresholds = 200 }: AucOptions = {}): Metric {
  if (curve !== 'ROC' && curve !== 'PR') throw invalidArgument('curve', '"ROC" or "PR"', curve);
  if (!(Number.isInteger(numThresholds) && numThresholds >= 2)) {
    throw invalidArgument('numThresholds', 'an integer ≥ 2', numThresholds);
  }
  return {
    name,
    size: 2 * numThresholds,
    sums(yTrue, predictions, weights) {
      const targets = targetsLike(yTrue, predictions, 'metric');
      const present = tf.cast(tf.notEqual(targets, 0), 'float32');
      const counted = [present, tf.sub(1, present)].map((marks) =>
        tf.reshape(weigh(marks, weights), [-1]),
      );
      // A probability on a threshold is not above it; 0 is above the first, which Keras puts below 0.
      const scaled = tf.mul(tf.clipByValue(predictions, 0, 1), numThresholds - 1);
      const buckets = tf.relu(tf.sub(tf.ceil(tf.reshape(scaled, [-1])), 1));
      const oneHot = tf.cast(tf.oneHot(tf.cast(buckets, 'int32'), numThresholds), 'float32');
      return tf.reshape(tf.matMul(tf.stack(counted) as tf.Tensor2D, oneHot), [-1]);
    },
    result(sums) {
      const positives = fromAbove(sums.slice(0, numThresholds));
      const negatives = fromAbove(sums.slice(numThresholds));
      return curve === 'ROC' ? rocArea(positives, negatives) : prArea(positives, negatives);
    },
  };
}

/** How much lies in each bucket and those above: what is above each threshold. */
function fromAbove(histogram: readonly number[]): number[] {
  let above = 0;
  return histogram.map((_, i) => (above += histogram.at(-1 - i) as number)).reverse();
}

function rocArea(tp: readonly number[], fp: readonly number[]): number {
  const [y, x] = [tp, fp].map((counts) => counts.map((count) => ratio(count, counts[0]))) as [
    number[],
    number[],
  ];
  return sumOver(tp.length - 1, (i) => {
    const height = ((y[i] as number) + (y[i + 1] as number)) / 2;
    return ((x[i] as number) - (x[i + 1] as number)) * height;
  });
}

/** In each interval true positives grow linearly with claims, so precision does not: hence the logarithm. */
function prArea(tp: readonly number[], fp: readonly number[]): number {
  const claims = tp.map((count, i) => count + (fp[i] as number));
  return sumOver(tp.length - 1, (i) => {
    const [tpA, tpB] = [tp[i + 1] as number, tp[i] as number];
    const [a, b] = [claims[i + 1] as number, claims[i] as number];
    const slope = ratio(tpB - tpA, b - a);
    const intercept = tpA - slope * a;
    const growth = a > 0 && b > 0 ? Math.log(b / a) : 0;
    return ratio(slope * (tpB - tpA + intercept * growth), tp[0]);
  });
}

function sumOver(count: number, term: (i: number) => number): number {
  return Array.from({ length: count }, (_, i) => term(i)).reduce((sum, value) => sum + value, 0);
}
