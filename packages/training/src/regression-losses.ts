// Losses that measure distances between numbers or distributions, as Keras defines them.

import * as tf from '@tensorflow/tfjs-core';
import type { ModelOutput } from '@graftjs/core';
import { checkTargets, targetsLike } from './targets.js';

/** Keras's ε. */
const EPSILON = 1e-7;

/** (t − p)², mean over the last axis; `yTrue` like `predictions`, or [batch] for one output. */
export function meanSquaredError(yTrue: tf.Tensor, output: ModelOutput): tf.Tensor {
  const targets = targetsLike(yTrue, output.predictions);
  return tf.mean(tf.squaredDifference(targets, output.predictions), -1);
}

/** |t − p|, mean over the last axis; `yTrue` like `predictions`, or [batch] for one output. */
export function meanAbsoluteError(yTrue: tf.Tensor, output: ModelOutput): tf.Tensor {
  return tf.mean(magnitude(errors(yTrue, output)), -1);
}

/**
 * e²/2 where the error e = p − t is at most δ, else δ·|e| − δ²/2; mean over the last axis.
 *
 * @param delta δ, above 0; default 1
 * @example
 * const loss: Loss = (yTrue, output) => losses.huber(yTrue, output, 0.5);
 */
export function huber(yTrue: tf.Tensor, output: ModelOutput, delta = 1): tf.Tensor {
  const size = magnitude(errors(yTrue, output));
  const inner = tf.minimum(size, delta);
  // Both cases in one, as a condition has no gradient in tfjs.
  return tf.mean(tf.mul(inner, tf.sub(size, tf.div(inner, 2))), -1);
}

/** log cosh(p − t), mean over the last axis: like e²/2 near 0, like |e| − log 2 far from it. */
export function logCosh(yTrue: tf.Tensor, output: ModelOutput): tf.Tensor {
  const error = errors(yTrue, output);
  const tail = tf.softplus(tf.mul(error, -2));
  return tf.mean(tf.sub(tf.add(error, tail), Math.LN2), -1);
}

/** Σ t·log(t/p) over the last axis, both kept within [1e-7, 1]; `yTrue` like `predictions`. */
export function klDivergence(yTrue: tf.Tensor, { predictions }: ModelOutput): tf.Tensor {
  checkTargets(yTrue, [predictions.shape]);
  const t = tf.clipByValue(tf.cast(yTrue, 'float32'), EPSILON, 1);
  const p = tf.clipByValue(predictions, EPSILON, 1);
  return tf.sum(tf.mul(t, tf.log(tf.div(t, p))), -1);
}

/** p − t·log(p + 1e-7), mean over the last axis: for counts; `yTrue` like `predictions`, or [batch] for one output. */
export function poisson(yTrue: tf.Tensor, { predictions }: ModelOutput): tf.Tensor {
  const targets = targetsLike(yTrue, predictions);
  const likelihood = tf.mul(targets, tf.log(tf.add(predictions, EPSILON)));
  return tf.mean(tf.sub(predictions, likelihood), -1);
}

function errors(yTrue: tf.Tensor, { predictions }: ModelOutput): tf.Tensor {
  return tf.sub(predictions, targetsLike(yTrue, predictions));
}

/** |x| with the gradient 0 at 0, as in TensorFlow; that of `tf.abs` is −1 there. */
function magnitude(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.sign(x));
}
