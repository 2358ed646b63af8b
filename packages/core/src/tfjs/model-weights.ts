// Reads what tfjs-layers keeps beside a weight: its variable, whether it trains, its constraint, its penalty.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel, LayerVariable } from '@tensorflow/tfjs-layers';
import type { ConstrainedVariable } from '../training-step.js';
import { leafLayers } from './layer-tree.js';

export interface ModelWeights {
  readonly trainable: tf.Variable[];
  readonly states: tf.Variable[];
  readonly constraints: ConstrainedVariable[];
}

interface Constrained {
  readonly constraint?: { apply(weight: tf.Tensor): tf.Tensor } | null;
}

/** The variables of a model by what training does with them. */
export function modelWeights(model: LayersModel): ModelWeights {
  const trainable: LayerVariable[] = [];
  const states: LayerVariable[] = [];
  for (const { layer, trainable: trains } of leafLayers(model)) {
    for (const weight of layer.weights)
      (trains && weight.trainable ? trainable : states).push(weight);
  }
  const constraints = trainable.flatMap((weight) => {
    const { constraint } = weight as unknown as Constrained;
    return constraint
      ? [{ variable: variableOf(weight), apply: (w: tf.Tensor) => constraint.apply(w) }]
      : [];
  });
  return { trainable: trainable.map(variableOf), states: states.map(variableOf), constraints };
}

/**
 * The regularization penalties of the layers that train now (Keras leaves out frozen ones), as a function that gives their
 * sum; undefined without any.
 */
export function penaltyOf(model: LayersModel): (() => tf.Scalar) | undefined {
  const terms = leafLayers(model)
    .filter(({ trainable }) => trainable)
    .flatMap(({ layer }) => layer.losses);
  return terms.length > 0
    ? () => tf.addN(terms.map((term) => tf.sum(term()))) as tf.Scalar
    : undefined;
}

/** `LayerVariable.read` gives the variable itself, though its type says less. */
export function variableOf(weight: LayerVariable): tf.Variable {
  return weight.read() as tf.Variable;
}
