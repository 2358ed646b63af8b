// Masks of predictions: what a step that does not count weighs in a loss or a metric, as in Keras.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';

/**
 * For each of `values` 1 where it counts and 0 elsewhere, or undefined where the predictions have no mask. The mask comes
 * with them as `kerasMask`.
 *
 * @param user whose values these are, for errors
 * @throws GraftError when the mask is not one of these values
 */
export function maskFor(
  predictions: tf.Tensor,
  values: tf.Tensor,
  user: string,
): tf.Tensor | undefined {
  const { kerasMask: mask } = predictions;
  if (!mask) return undefined;
  if (mask.size !== values.size) {
    throw new GraftError(
      `${user} must give a value for each step of the mask of the output, [${mask.shape}]. Received: [${values.shape}]`,
    );
  }
  return tf.cast(tf.reshape(mask, values.shape), 'float32');
}

/** Values of which only those count that the mask has: divided by all of them, their sum is the mean of these. */
export function masked(values: tf.Tensor, mask: tf.Tensor | undefined): tf.Tensor {
  if (!mask) return values;
  // Where no step counts, the loss is 0.
  return tf.mul(values, tf.mul(mask, tf.divNoNan(mask.size, tf.sum(mask))));
}
