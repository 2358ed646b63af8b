// Carries sample weights into a step that takes inputs and targets only.

import * as tf from '@tensorflow/tfjs-core';
import type { Batch } from '@graftjs/core';
import { checkSampleWeights } from './example-weights.js';

/**
 * A compiled step feeds `xs` and `ys` anew and takes everything else for a constant. So weights travel as one more column
 * of the targets, and the step takes them apart again.
 */
export class WeightColumn {
  /** Of the batch packed last; undefined where it had no weights. */
  private targets: Pick<tf.Tensor, 'shape' | 'dtype'> | undefined;

  /** The batch with its weights in `ys` [batch, targets + 1]; a batch without weights as it is. */
  pack(batch: Batch): Batch {
    const { xs, ys, sampleWeights } = batch;
    this.targets = undefined;
    if (!sampleWeights) return batch;
    checkSampleWeights(sampleWeights, xs);
    this.targets = { shape: ys.shape, dtype: ys.dtype };
    const column = (tensor: tf.Tensor) =>
      tf.cast(tf.reshape(tensor, [xs.shape[0] as number, -1]), 'float32');
    return { xs, ys: tf.tidy(() => tf.concat([column(ys), column(sampleWeights)], 1)) };
  }

  /** The batch as it was before {@link pack}. */
  unpack({ xs, ys }: Batch): Batch {
    if (!this.targets) return { xs, ys };
    const { shape, dtype } = this.targets;
    const [examples, columns] = ys.shape as [number, number];
    const targets = tf.slice(ys, [0, 0], [examples, columns - 1]);
    const weights = tf.slice(ys, [0, columns - 1], [examples, 1]);
    return {
      xs,
      ys: tf.cast(tf.reshape(targets, shape), dtype),
      sampleWeights: tf.reshape(weights, [-1]),
    };
  }
}
