// The cross-entropies, as Keras defines them; computed from the logits behind a softmax or sigmoid where there are any.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument, type ModelOutput } from '@graftjs/core';
import { checkTargets, classIndices, targetsLike } from './targets.js';

/** Keras's ε: probabilities are kept this far from 0 and 1. */
const EPSILON = 1e-7;

/**
 * −Σ t·log p over the last axis; `yTrue` [batch, classes] holds probabilities (one-hot or soft), `predictions` likewise.
 *
 * @param labelSmoothing α in [0, 1]: targets become (1 − α)·t + α/classes
 * @example
 * const loss: Loss = (yTrue, output) => losses.categoricalCrossentropy(yTrue, output, 0.1);
 */
export function categoricalCrossentropy(
  yTrue: tf.Tensor,
  output: ModelOutput,
  labelSmoothing = 0,
): tf.Tensor {
  const { shape } = output.predictions;
  checkTargets(yTrue, [shape]);
  const targets = smooth(tf.cast(yTrue, 'float32'), labelSmoothing, 1 / (shape.at(-1) as number));
  if (output.logits?.activation === 'softmax') {
    return softmaxCrossEntropy(targets, output.logits.values);
  }
  const p = output.predictions;
  const normalised = tf.div(p, tf.sum(p, -1, true));
  const logs = tf.log(tf.clipByValue(normalised, EPSILON, 1 - EPSILON));
  return tf.neg(tf.sum(tf.mul(targets, logs), -1));
}

/**
 * As {@link categoricalCrossentropy} with `yTrue` [batch] or [batch, 1] holding class indices; an index that is no class
 * gives NaN.
 */
export function sparseCategoricalCrossentropy(yTrue: tf.Tensor, output: ModelOutput): tf.Tensor {
  const indices = classIndices(yTrue, output.predictions);
  const depth = output.predictions.shape.at(-1) as number;
  const oneHot = tf.cast(tf.oneHot(indices, depth), 'float32');
  // No class has a row of zeros: 0/0 tells, where 0 would look like a perfect prediction.
  const targets = tf.div(oneHot, tf.sum(oneHot, -1, true));
  return categoricalCrossentropy(targets, output);
}

/**
 * −t·log p − (1 − t)·log(1 − p), mean over the last axis; `yTrue` like `predictions`, or [batch] for one output.
 *
 * @param labelSmoothing α in [0, 1]: targets become (1 − α)·t + α/2
 */
export function binaryCrossentropy(
  yTrue: tf.Tensor,
  output: ModelOutput,
  labelSmoothing = 0,
): tf.Tensor {
  const targets = smooth(targetsLike(yTrue, output.predictions), labelSmoothing, 1 / 2);
  if (output.logits?.activation === 'sigmoid') {
    return tf.mean(sigmoidCrossEntropy(targets, output.logits.values), -1);
  }
  const p = tf.clipByValue(output.predictions, EPSILON, 1 - EPSILON);
  const positive = tf.mul(targets, tf.log(p));
  const negative = tf.mul(tf.sub(1, targets), tf.log(tf.sub(1, p)));
  return tf.neg(tf.mean(tf.add(positive, negative), -1));
}

function smooth(targets: tf.Tensor, amount: number, uniform: number): tf.Tensor {
  if (!(amount >= 0 && amount <= 1)) {
    throw invalidArgument('labelSmoothing', 'a number in [0, 1]', amount);
  }
  return amount === 0 ? targets : tf.add(tf.mul(targets, 1 - amount), amount * uniform);
}

/** One op with its analytic gradient, softmax(x)·Σt − t: half the ops of the composed form. */
function softmaxCrossEntropy(targets: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  return tf.customGrad((x, save) => {
    const logProbabilities = tf.logSoftmax(x as tf.Tensor);
    (save as tf.GradSaveFunc)([logProbabilities, targets]);
    return {
      value: tf.neg(tf.sum(tf.mul(targets, logProbabilities), -1)),
      gradFunc(dy, saved) {
        const [logP, t] = saved as [tf.Tensor, tf.Tensor];
        const descent = tf.sub(tf.mul(tf.exp(logP), tf.sum(t, -1, true)), t);
        return tf.mul(descent, tf.expandDims(dy, -1));
      },
    };
  })(logits);
}

/** max(x, 0) − x·t + log(1 + e^−|x|), stable at both ends, with its gradient σ(x) − t. */
function sigmoidCrossEntropy(targets: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  return tf.customGrad((x, save) => {
    const values = x as tf.Tensor;
    (save as tf.GradSaveFunc)([values, targets]);
    const tail = tf.log1p(tf.exp(tf.neg(tf.abs(values))));
    return {
      value: tf.add(tf.sub(tf.relu(values), tf.mul(values, targets)), tail),
      gradFunc(dy, saved) {
        const [v, t] = saved as [tf.Tensor, tf.Tensor];
        return tf.mul(tf.sub(tf.sigmoid(v), t), dy);
      },
    };
  })(logits);
}
