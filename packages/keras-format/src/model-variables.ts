// The variables of a LayersModel by path, in the order in which Keras lists them.

import { type LayerVariable, LayersModel } from '@tensorflow/tfjs-layers';
import { innerLayersOf } from './inner-layers-of.js';
import type { Layer } from './layers/index.js';
import { layersOf } from './layers-of.js';

export interface ModelVariable {
  /** `outer/dense/kernel`: the models within the model, the layer, layers within it, the weight. */
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
 * @param name of the layer in Keras
 */
export function layerVariables(
  layer: Layer,
  folder: string,
  around: boolean,
  name = layer.name,
): ModelVariable[] {
  const trainable = around && layer.trainable;
  const at = `${folder}${name}/`;
  if (layer instanceof LayersModel) {
    return layersOf(layer).flatMap((each) => layerVariables(each, at, trainable));
  }
  const inner = innerLayersOf(layer);
  if (inner.length > 0) {
    return inner.flatMap((each) => layerVariables(each.layer, at, trainable, each.name));
  }
  return layer.weights.map((variable) => ({
    path: `${at}${ownName(layer, variable)}`,
    layer: `${folder}${name}`,
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

/** tfjs puts the layer's name before that of a weight, and the names of layers that it is in before that. */
function ownName({ name }: Layer, { originalName }: LayerVariable): string {
  const at = `/${originalName}`.lastIndexOf(`/${name}/`);
  return at < 0 ? originalName : originalName.slice(at + name.length + 1);
}
