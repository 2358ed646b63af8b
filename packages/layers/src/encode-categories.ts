// Indices of categories as vectors, as Keras encodes them.

import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from './inputs.js';

/** `oneHot`: a vector for each index. `multiHot`: one for all of an example, 1 where there is one. `count`: how many. */
export type CategoryOutput = 'oneHot' | 'multiHot' | 'count';

export const categoryOutputs: readonly CategoryOutput[] = ['oneHot', 'multiHot', 'count'];

/** @param indices [batch, …]; for all but `oneHot` [batch, indices]; what is no index is in no category */
export function encodeCategories(
  indices: tf.Tensor,
  output: CategoryOutput,
  depth: number,
): tf.Tensor {
  const isOne = output === 'oneHot' && indices.rank > 1 && indices.shape.at(-1) === 1;
  const given = isOne ? tf.squeeze(indices, [-1]) : indices;
  const truncated = tf.expandDims(tf.cast(tf.cast(given, 'int32'), 'float32'), -1);
  const hot = tf.cast(tf.equal(truncated, tf.range(0, depth)), 'float32');
  if (output === 'oneHot') return hot;
  return output === 'count' ? tf.sum(hot, -2) : tf.max(hot, -2);
}

export function encodedShape(shape: Shape, output: CategoryOutput, depth: number): Shape {
  const isOne = output === 'oneHot' && shape.length > 1 && shape.at(-1) === 1;
  return [...(output !== 'oneHot' || isOne ? shape.slice(0, -1) : shape), depth];
}
