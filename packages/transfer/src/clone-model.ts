// Copies a model, so that training the copy leaves the original as it was.

import type { LayersModel, LayerVariable } from '@tensorflow/tfjs-layers';
import { isModel, variableOf, type Layer } from '@graftjs/core';

interface ModelClass {
  fromConfig(
    cls: unknown,
    config: unknown,
    customObjects: object,
    fastWeightInit: boolean,
  ): LayersModel;
}

/**
 * A model with the same layers, weights and frozen layers, and nothing shared. It is not compiled.
 *
 * (Keras's `clone_model` makes fresh weights; whoever wants these initialises a model anew.)
 *
 * @example
 * const modelB = cloneModel(modelA);
 */
export function cloneModel(model: LayersModel): LayersModel {
  const cls = model.constructor as unknown as ModelClass;
  // tfjs changes the config that it builds from, and shares parts of it with the original.
  const config = JSON.parse(JSON.stringify(model.getConfig())) as ModelConfig;
  giveInputShapes(model, config);
  const copy = cls.fromConfig(cls, config, {}, true);
  copyState(model, copy);
  return copy;
}

interface ModelConfig {
  layers: { name?: string; config: ModelConfig & Record<string, unknown> }[];
}

/**
 * A Sequential that began with an InputLayer does not list it, and its first layer states no shape: tfjs could not make it
 * again. So is every Sequential that comes from a file of Keras.
 */
function giveInputShapes(model: LayersModel, config: ModelConfig): void {
  const [first] = model.layers;
  const [input] = model.inputs;
  const isSequential = model.getClassName() === 'Sequential';
  if (isSequential && first && input && !isModel(first) && first.getClassName() !== 'InputLayer') {
    const own = config.layers[0]?.config;
    if (own) own['batchInputShape'] ??= input.shape;
    if (own) own['dtype'] ??= input.dtype;
  }
  for (const [i, layer] of model.layers.entries()) {
    if (!isModel(layer)) continue;
    const inner = isSequential
      ? config.layers[i]
      : config.layers.find(({ name }) => name === layer.name);
    if (inner) giveInputShapes(layer, inner.config);
  }
}

function copyState(from: LayersModel, to: LayersModel): void {
  // A container passes its flag to the weights below it: these come after.
  to.trainable = from.trainable;
  for (const [i, target] of to.layers.entries()) {
    const source = from.layers[i] as Layer;
    if (isModel(source) && isModel(target)) copyState(source, target);
    else copyLayer(source, target);
  }
}

function copyLayer(source: Layer, target: Layer): void {
  target.trainable = source.trainable;
  for (const [i, weight] of target.weights.entries()) {
    const original = source.weights[i] as LayerVariable;
    // Not `write`, which would apply a constraint.
    variableOf(weight).assign(variableOf(original));
    weight.trainable = original.trainable;
  }
}
