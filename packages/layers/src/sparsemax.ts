// Sparsemax, with a gradient: tfjs has none for a sort.

import * as tf from '@tensorflow/tfjs-core';

/**
 * The point nearest to `x` of those with entries ≥ 0 that sum to 1, along the last axis: relu(x − τ). The gradient is
 * that of the entries that are not 0, less their mean.
 */
export const sparsemax = tf.customGrad((x, save) => {
  const logits = x as tf.Tensor;
  const length = logits.shape.at(-1) as number;
  const sorted = tf.topk(logits, length).values;
  const ranks = tf.range(1, length + 1);
  const sums = tf.cumsum(sorted, logits.rank - 1);
  const support = tf.cast(tf.greater(sorted, tf.div(tf.sub(sums, 1), ranks)), 'float32');
  const size = tf.sum(support, -1, true);
  const threshold = tf.div(tf.sub(tf.sum(tf.mul(sorted, support), -1, true), 1), size);
  const value = tf.relu(tf.sub(logits, threshold));
  (save as (tensors: tf.Tensor[]) => void)([value]);
  return {
    value,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const kept = tf.cast(tf.greater(saved[0] as tf.Tensor, 0), 'float32');
      const mean = tf.div(tf.sum(tf.mul(dy, kept), -1, true), tf.sum(kept, -1, true));
      return tf.mul(kept, tf.sub(dy, mean));
    },
  };
});
