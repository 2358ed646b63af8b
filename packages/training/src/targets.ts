// How targets are brought to the shape of predictions, or refused.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';

/** Targets in the shape of predictions; for a single output they may lack the last axis. */
export function targetsLike(
  yTrue: tf.Tensor,
  { shape }: tf.Tensor,
  user: 'loss' | 'metric' = 'loss',
): tf.Tensor {
  checkTargets(yTrue, [shape, ...(shape.at(-1) === 1 ? [shape.slice(0, -1)] : [])], user);
  return tf.cast(tf.reshape(yTrue, shape), 'float32');
}

/** One class index for each list of predictions, in the shape of these without the last axis. */
export function classIndices(
  yTrue: tf.Tensor,
  { shape }: tf.Tensor,
  user: 'loss' | 'metric' = 'loss',
): tf.Tensor {
  const examples = shape.slice(0, -1);
  checkTargets(yTrue, [examples, [...examples, 1]], user);
  return tf.cast(tf.reshape(yTrue, examples), 'int32');
}

/** @throws GraftError unless targets have one of the shapes */
export function checkTargets(
  { shape }: tf.Tensor,
  allowed: readonly (readonly number[])[],
  user: 'loss' | 'metric' = 'loss',
): void {
  if (allowed.some((one) => tf.util.arraysEqual([...one], shape))) return;
  const rule = allowed.map((one) => `[${one}]`).join(' or ');
  throw new GraftError(`ys must have the shape ${rule} for this ${user}. Received: [${shape}]`);
}
