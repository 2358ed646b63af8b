// The losses, as Keras defines them; cross-entropies are computed from the logits behind a softmax or sigmoid.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError, invalidArgument, type ModelOutput } from '@graftjs/core';

/** The loss of each example of a batch, [batch] or [batch, …]; training descends its mean. */
export type Loss = (yTrue: tf.Tensor, output: ModelOutput) => tf.Tensor;

export const losses = {
  sparseCategoricalCrossentropy,
  categoricalCrossentropy,
  binaryCrossentropy,
  meanSquaredError,
} satisfies Record<string, Loss>;

export type LossName = keyof typeof losses;

/** A loss by its Keras name, or a function of one's own. */
export function resolveLoss(loss: unknown): Loss {
  if (typeof loss === 'function') return loss as Loss;
  if (typeof loss === 'string' && Object.hasOwn(losses, loss)) return losses[loss as LossName];
  throw invalidArgument('loss', `a function or one of ${Object.keys(losses).join(', ')}`, loss);
}

/** Keras's ε: probabilities are kept this far from 0 and 1. */
const EPSILON = 1e-7;

/**
 * −Σ t·log p over the last axis; `yTrue` [batch, classes] holds probabilities (one-hot or soft), `predictions` likewise.
 */
export function categoricalCrossentropy(yTrue: tf.Tensor, output: ModelOutput): tf.Tensor {
  checkTargets(yTrue, output.predictions.shape);
  const targets = tf.cast(yTrue, 'float32');
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
  const { shape } = output.predictions;
  const examples = shape.slice(0, -1);
  checkTargets(yTrue, examples, [...examples, 1]);
  const indices = tf.cast(tf.reshape(yTrue, examples), 'int32');
  const oneHot = tf.cast(tf.oneHot(indices, shape.at(-1) as number), 'float32');
  // No class has a row of zeros: 0/0 tells, where 0 would look like a perfect prediction.
  const targets = tf.div(oneHot, tf.sum(oneHot, -1, true));
  return categoricalCrossentropy(targets, output);
}

/** −t·log p − (1 − t)·log(1 − p), mean over the last axis; `yTrue` like `predictions`, or [batch] for one output. */
export function binaryCrossentropy(yTrue: tf.Tensor, output: ModelOutput): tf.Tensor {
  const targets = targetsLike(yTrue, output.predictions);
  if (output.logits?.activation === 'sigmoid') {
    return tf.mean(sigmoidCrossEntropy(targets, output.logits.values), -1);
  }
  const p = tf.clipByValue(output.predictions, EPSILON, 1 - EPSILON);
  const positive = tf.mul(targets, tf.log(p));
  const negative = tf.mul(tf.sub(1, targets), tf.log(tf.sub(1, p)));
  return tf.neg(tf.mean(tf.add(positive, negative), -1));
}

/** (t − p)², mean over the last axis; `yTrue` like `predictions`, or [batch] for one output. */
export function meanSquaredError(yTrue: tf.Tensor, output: ModelOutput): tf.Tensor {
  const targets = targetsLike(yTrue, output.predictions);
  return tf.mean(tf.squaredDifference(targets, output.predictions), -1);
}

/** Targets in the shape of predictions; for a single output they may lack the last axis. */
function targetsLike(yTrue: tf.Tensor, { shape }: tf.Tensor): tf.Tensor {
  checkTargets(yTrue, shape, ...(shape.at(-1) === 1 ? [shape.slice(0, -1)] : []));
  return tf.cast(tf.reshape(yTrue, shape), 'float32');
}

function checkTargets({ shape }: tf.Tensor, ...allowed: number[][]): void {
  if (allowed.some((one) => tf.util.arraysEqual(one, shape))) return;
  const rule = allowed.map((one) => `[${one}]`).join(' or ');
  throw new GraftError(`ys must have the shape ${rule} for this loss. Received: [${shape}]`);
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
