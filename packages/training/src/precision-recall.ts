// Precision and recall, as Keras defines them, over all outputs or those of one class.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';
import type { MetricOptions } from './accuracy.js';
import { weigh } from './example-weights.js';
import { ratio, type Metric } from './metric-contract.js';
import { targetsLike } from './targets.js';

export interface ConfusionOptions extends MetricOptions {
  /** An output above it is a claim; default 0.5. */
  threshold?: number;
  /** Looks at the outputs of one class only; default: at all. */
  classIndex?: number;
}

/** The share of claims that are right: tp / (tp + fp), and 0 without claims; `yTrue` like `predictions`, 0 or 1. */
export function precision({ name = 'precision', ...options }: ConfusionOptions = {}): Metric {
  return confusion(name, options, ({ right, claimed }) => [right, claimed]);
}

/** The share of what is true that was claimed: tp / (tp + fn), and 0 where nothing is; `yTrue` like `predictions`. */
export function recall({ name = 'recall', ...options }: ConfusionOptions = {}): Metric {
  return confusion(name, options, ({ right, present }) => [right, present]);
}

interface Marks {
  readonly right: tf.Tensor;
  readonly claimed: tf.Tensor;
  readonly present: tf.Tensor;
}

function confusion(
  name: string,
  { threshold = 0.5, classIndex }: ConfusionOptions,
  fraction: (marks: Marks) => [tf.Tensor, tf.Tensor],
): Metric {
  if (!Number.isFinite(threshold)) throw invalidArgument('threshold', 'a number', threshold);
  if (classIndex !== undefined && !(Number.isInteger(classIndex) && classIndex >= 0)) {
    throw invalidArgument('classIndex', 'an integer ≥ 0', classIndex);
  }
  return {
    name,
    size: 2,
    sums(yTrue, predictions, weights) {
      const of = (all: tf.Tensor) =>
        classIndex === undefined ? all : tf.gather(all, [classIndex], -1);
      const claimed = tf.cast(tf.greater(of(predictions), threshold), 'float32');
      const targets = of(targetsLike(yTrue, predictions, 'metric'));
      const present = tf.cast(tf.notEqual(targets, 0), 'float32');
      const marks = { right: tf.mul(claimed, present), claimed, present };
      const sums = fraction(marks).map((each) => tf.sum(weigh(each, weights)));
      return tf.stack(sums) as tf.Tensor1D;
    },
    result: ([right, all]) => ratio(right, all),
  };
}
