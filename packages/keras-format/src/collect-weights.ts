// The weights of a LayersModel, by layer and in the order in which Keras's .h5 files have them.

import { type LayerVariable, LayersModel } from '@tensorflow/tfjs-layers';
import type { KerasModel, NamedArray } from './keras-model.js';
import type { Layer } from './layers/index.js';
import { layersOf } from './layers-of.js';

interface NamedVariable {
  readonly name: string;
  readonly variable: LayerVariable;
  readonly trainable: boolean;
}

export async function collectWeights(model: LayersModel): Promise<KerasModel['weights']> {
  const weights = new Map<string, NamedArray[]>();
  for (const layer of layersOf(model)) {
    const variables = variablesOf(layer, '', model.trainable);
    // A model within the model lists all its trainable weights first, then all others.
    const ordered = [
      ...variables.filter(({ trainable }) => trainable),
      ...variables.filter(({ trainable }) => !trainable),
    ];
    weights.set(layer.name, await Promise.all(ordered.map(read)));
  }
  return weights;
}

function variablesOf(layer: Layer, path: string, around: boolean): NamedVariable[] {
  const trainable = around && layer.trainable;
  if (layer instanceof LayersModel) {
    const inner = layersOf(layer);
    return inner.flatMap((each) => variablesOf(each, `${path}${layer.name}/`, trainable));
  }
  return layer.weights.map((variable) => ({
    name: `${path}${layer.name}/${variable.originalName}`,
    variable,
    trainable: trainable && variable.trainable,
  }));
}

async function read({ name, variable }: NamedVariable): Promise<NamedArray> {
  const tensor = variable.read();
  return { name, shape: tensor.shape, data: Float32Array.from(await tensor.data()) };
}
