// The weights of the best epoch, kept in memory while training goes on.

import * as tf from '@tensorflow/tfjs-core';
import type { Callback } from '@graftjs/core';
import { modelCheckpoint } from '@graftjs/training';

export interface BestWeights {
  readonly callback: Callback;
  /** As `getWeights` gave them after the epoch with the least validation loss; none where that never was a number. */
  readonly weights: readonly tf.Tensor[];
  dispose(): void;
}

export function keepBestWeights(): BestWeights {
  let weights: tf.Tensor[] = [];
  const callback = modelCheckpoint({
    saveBestOnly: true,
    save(model) {
      tf.dispose(weights);
      weights = model.getWeights().map((weight) => tf.clone(weight));
    },
  });
  return {
    callback,
    get weights() {
      return weights;
    },
    dispose: () => tf.dispose(weights),
  };
}
