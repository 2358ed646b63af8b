// The state of an optimizer at one moment, and the way back to it.

import * as tf from '@tensorflow/tfjs-core';
import type { RuleDrivenOptimizer } from '@graftjs/core';

/** Takes rate, count of updates and slots; the result puts them back and frees what was taken. */
export async function keepOptimizer(optimizer: RuleDrivenOptimizer): Promise<() => Promise<void>> {
  const { learningRate } = optimizer;
  // The count is a new tensor at each call, the slots are the optimizer's own.
  const [count, ...slots] = await optimizer.getWeights();
  const clones = slots.map(({ name, tensor }) => ({ name, tensor: tf.keep(tf.clone(tensor)) }));
  const kept = count ? [count, ...clones] : clones;
  return async () => {
    await optimizer.setWeights(kept);
    optimizer.learningRate = learningRate;
    tf.dispose(kept.map(({ tensor }) => tensor));
  };
}
