// The weights of a model at one moment, to be brought back to the bit.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { modelWeights } from '@graftjs/core';

export interface WeightSnapshot {
  /** Writes the weights back, moving statistics included. */
  restore(): void;
  /** The values, as a state has them: the caller's to dispose. */
  save(): readonly tf.Tensor[];
  dispose(): void;
}

/** Takes the model's weights. `assign` gives a variable another tensor, so that these clones cost nothing till then. */
export function snapshotWeights(model: LayersModel): WeightSnapshot {
  return snapshotOf(model, variablesOf(model));
}

/** A snapshot of the model made at another time, of the values that it saved; they stay the caller's. */
export function snapshotOf(model: LayersModel, saved: readonly tf.Tensor[]): WeightSnapshot {
  const variables = variablesOf(model);
  const values = saved.map((value) => tf.keep(tf.clone(value)));
  return {
    restore: () => variables.forEach((variable, i) => variable.assign(values[i] as tf.Tensor)),
    save: () => values.map((value) => tf.clone(value)),
    dispose: () => tf.dispose(values),
  };
}

function variablesOf(model: LayersModel): tf.Variable[] {
  const { trainable, states } = modelWeights(model);
  return [...trainable, ...states];
}
