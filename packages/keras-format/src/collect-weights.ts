// The weights of a LayersModel, by layer and in the order in which Keras's .h5 files have them.

import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LayerWeights, NamedArray } from './keras-model.js';
import { layersOf } from './layers-of.js';
import { layerVariables, trainableFirst } from './model-variables.js';

export async function collectWeights(model: LayersModel): Promise<LayerWeights> {
  const weights = new Map<string, NamedArray[]>();
  for (const layer of layersOf(model)) {
    // A model within the model lists all its trainable weights first, then all others.
    const ordered = trainableFirst(layerVariables(layer, '', model.trainable));
    const arrays = ordered.map(({ path, variable }) => readArray(path, variable.read()));
    weights.set(layer.name, await Promise.all(arrays));
  }
  return weights;
}

/** The values of a tensor. */
export async function readArray(name: string, tensor: Tensor): Promise<NamedArray> {
  return { name, shape: tensor.shape, data: Float32Array.from(await tensor.data()) };
}
