// Which steps attend to which: the masks of attention layers, true where a step counts.

import * as tf from '@tensorflow/tfjs-core';

type Mask = tf.Tensor | null;

/** Those that are there, and together; null where none is. */
export function allOf(masks: readonly Mask[]): Mask {
  const given = masks.filter((mask) => mask !== null);
  return given.length === 0 ? null : given.reduce((a, b) => tf.logicalAnd(a, b));
}

/** [1, queries, keys]: a step attends to itself and to earlier ones. */
export function causalMask(queries: number, keys: number): tf.Tensor {
  return byDistance(queries, keys, (distance) => tf.greaterEqual(distance, 0));
}

/** [1, queries, keys]: a step attends to those that are less than `window` steps away. */
export function windowMask(queries: number, keys: number, window: number): tf.Tensor {
  return byDistance(queries, keys, (distance) => tf.less(tf.abs(distance), window));
}

function byDistance(queries: number, keys: number, holds: (distance: tf.Tensor) => tf.Tensor) {
  const rows = tf.reshape(tf.range(0, queries), [1, queries, 1]);
  return holds(tf.sub(rows, tf.reshape(tf.range(0, keys), [1, 1, keys])));
}

/** `x` where the mask, repeated where its lengths are 1, is true, and `value` elsewhere. */
export function where(mask: tf.Tensor, x: tf.Tensor, value: number): tf.Tensor {
  return tf.where(tf.broadcastTo(mask, x.shape), x, tf.fill(x.shape, value));
}
