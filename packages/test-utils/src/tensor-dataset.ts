// A dataset of a few examples, in order.

import * as tf from '@tensorflow/tfjs-core';
import type { Dataset } from '@graftjs/core';

/** Batches of `xs` and `ys`, the last one smaller; the tensors stay the caller's. */
export function tensorDataset(xs: tf.Tensor, ys: tf.Tensor, batchSize: number): Dataset {
  const examples = xs.shape[0] as number;
  return {
    // Every epoch is the same.
    saveState: () => null,
    restoreState: () => undefined,
    examples,
    batches: Math.ceil(examples / batchSize),
    async *[Symbol.asyncIterator]() {
      for (let start = 0; start < examples; start += batchSize) {
        const size = Math.min(batchSize, examples - start);
        yield { xs: tf.slice(xs, [start], [size]), ys: tf.slice(ys, [start], [size]) };
      }
    },
  };
}
