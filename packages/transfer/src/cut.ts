// Takes the lower part of a model.

import * as layers from '@tensorflow/tfjs-layers';
import { invalidArgument, type Layer } from '@graftjs/core';

/**
 * The model from the inputs up to and including a layer. Layers and weights are shared with the original: clone it first
 * where it must stay as it is.
 *
 * @param at name of a layer, or its index; −1 is the last layer, −2 the one before
 * @throws GraftError where there is no such layer
 * @example
 * const body = cutAt(cloneModel(modelA), -2); // all but the output layer
 */
export function cutAt(model: layers.LayersModel, at: string | number): layers.LayersModel {
  const layer = findLayer(model, at);
  return layers.model({ inputs: model.inputs, outputs: outputWithin(model, layer) });
}

/** What the layer gives in this model: a nested model has an output of its own as well. */
function outputWithin(model: layers.LayersModel, layer: Layer): layers.SymbolicTensor {
  const reached = new Set(model.outputs);
  for (const tensor of reached) {
    if (tensor.sourceLayer === layer) return tensor;
    for (const input of tensor.inputs) reached.add(input);
  }
  return layer.output as layers.SymbolicTensor;
}

function findLayer(model: layers.LayersModel, at: string | number): Layer {
  const found = Number.isInteger(at)
    ? model.layers.at(at as number)
    : model.layers.find(({ name }) => name === at);
  if (found) return found;
  const names = model.layers.map(({ name }) => name).join(', ');
  throw invalidArgument('at', `the index or name of one of the model's layers (${names})`, at);
}
