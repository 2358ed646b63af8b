// What of a batch decides whether it fits a graph.

import type * as tf from '@tensorflow/tfjs-core';

export function signature(tensors: readonly tf.Tensor[]): string {
  // A recording cannot tell inputs with the same data apart.
  const shared = new Set(tensors.map(({ dataId }) => dataId)).size < tensors.length;
  return `${tensors.map(({ dtype, shape }) => `${dtype}[${shape}]`).join(' ')}${shared ? ', shared' : ''}`;
}
