// The weights of a model at one moment, to be brought back to the bit.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { modelWeights } from '@graftjs/core';

export interface WeightSnapshot {
  /** Writes the weights back, moving statistics included. */
  restore(): void;
  dispose(): void;
}

/** Takes the model's weights. `assign` gives a variable another tensor, so that these clones cost nothing till then. */
export function snapshotWeights(model: LayersModel): WeightSnapshot {
  const { trainable, states } = modelWeights(model);
  const variables = [...trainable, ...states];
  const values = variables.map((variable) => tf.keep(tf.clone(variable)));
  return {
    restore: () => variables.forEach((variable, i) => variable.assign(values[i] as tf.Tensor)),
    dispose: () => tf.dispose(values),
  };
}
