// The variables of a LayersModel by path, in the order in which Keras lists them.

import { type LayerVariable, LayersModel } from '@tensorflow/tfjs-layers';
import type { Layer } from './layers/index.js';
import { layersOf } from './layers-of.js';

export interface ModelVariable {
  /** `outer/dense/kernel`: the models within the model, the layer, the weight. */
  readonly path: string;
  /** The part of the path that names the layer: `outer/dense`. */
  readonly layer: string;
  readonly variable: LayerVariable;
  /** Whether it, its layer and all models around it train. */
  readonly trainable: boolean;
}

/** The variables of all layers. */
export function modelVariables(model: LayersModel): ModelVariable[] {
  return layersOf(model).flatMap((layer) => layerVariables(layer, '', model.trainable));
}

/** The paths of those that train, for which an optimizer has slots. */
export function trainablePaths(model: LayersModel): string[] {
  return modelVariables(model).flatMap(({ trainable, path }) => (trainable ? [path] : []));
}

/**
 * The variables of a layer, or of a model that is a layer.
 *
 * @param folder path of the models around it, with a slash at its end
 * @param around whether these train
 */
export function layerVariables(layer: Layer, folder: string, around: boolean): ModelVariable[] {
  const trainable = around && layer.trainable;
  const at = `${folder}${layer.name}/`;
  if (layer instanceof LayersModel) {
    return layersOf(layer).flatMap((each) => layerVariables(each, at, trainable));
  }
  return layer.weights.map((variable) => ({
    path: `${at}${ownName(layer, variable)}`,
    layer: `${folder}${layer.name}`,
    variable,
    trainable: trainable && variable.trainable,
  }));
}

/** The trainable variables of a list before all others: the order in .h5 files. */
export function trainableFirst(variables: readonly ModelVariable[]): ModelVariable[] {
  return [
    ...variables.filter(({ trainable }) => trainable),
    ...variables.filter(({ trainable }) => !trainable),
  ];
}

/** tfjs puts the layer's name before that of a weight. */
function ownName(layer: Layer, { originalName }: LayerVariable): string {
  const scope = `${layer.name}/`;
  return originalName.startsWith(scope) ? originalName.slice(scope.length) : originalName;
}
