// Which weights of a file are for which variables of a model, in each of Keras's three ways.

import { GraftError } from '@graftjs/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LayerWeights, NamedArray } from './keras-model.js';
import { layersOf } from './layers-of.js';
import {
  layerVariables,
  type ModelVariable,
  modelVariables,
  trainableFirst,
} from './model-variables.js';
import type { StoredVars } from './read-vars.js';

export interface WeightMatch {
  readonly pairs: { readonly variable: ModelVariable; readonly array: NamedArray }[];
  /** Paths of variables that the file has nothing for. */
  readonly missing: string[];
  /** Names of weights that are for no variable. */
  readonly unexpected: string[];
}

/** Layers with weights, the n-th of the file for the n-th of the model, whatever their names. */
export function matchByOrder(
  model: LayersModel,
  layers: LayerWeights,
  fileName: string,
): WeightMatch {
  const own = ownLayers(model).filter(({ variables }) => variables.length > 0);
  const stored = [...layers].filter(([, arrays]) => arrays.length > 0);
  if (own.length !== stored.length) {
    throw new GraftError(
      `${fileName} has weights of ${stored.length} layers, and the model has ${own.length} layers with weights`,
    );
  }
  const match = emptyMatch();
  for (const [i, { name, variables }] of own.entries()) {
    const [storedName = '', arrays = []] = stored[i] ?? [];
    if (arrays.length !== variables.length) {
      throw new GraftError(
        `layer "${name}" must have ${variables.length} weights. Received: ${arrays.length}, of layer "${storedName}" in ${fileName}`,
      );
    }
    pair(match, variables, arrays);
  }
  return match;
}

/** Layers of the same name; a model may have others, and so may the file. */
export function matchByName(model: LayersModel, layers: LayerWeights): WeightMatch {
  const match = emptyMatch();
  const stored = new Map([...layers].map(([name, arrays]) => [plain(name), arrays]));
  const own = ownLayers(model);
  for (const { name, variables } of own) {
    pair(match, variables, layers.get(name) ?? stored.get(plain(name)) ?? []);
  }
  const known = new Set(own.map(({ name }) => plain(name)));
  for (const [name, arrays] of layers) {
    if (!known.has(plain(name))) match.unexpected.push(...arrays.map((array) => array.name));
  }
  return match;
}

/** Layers at the same place: the n-th of their class in the same model. */
export function matchByPlace(model: LayersModel, { layers, unexpected }: StoredVars): WeightMatch {
  const match = emptyMatch();
  match.unexpected.push(...unexpected);
  const own = new Map<string, ModelVariable[]>();
  for (const variable of modelVariables(model)) {
    own.set(variable.layer, [...(own.get(variable.layer) ?? []), variable]);
  }
  for (const [layer, arrays] of layers) pair(match, own.get(layer) ?? [], arrays);
  return match;
}

function ownLayers(model: LayersModel) {
  return layersOf(model).map((layer) => ({
    name: layer.name,
    variables: trainableFirst(layerVariables(layer, '', model.trainable)),
  }));
}

/** All weights of a layer or none: with other numbers of them, what follows is anybody's guess. */
function pair(
  match: WeightMatch,
  variables: readonly ModelVariable[],
  arrays: readonly NamedArray[],
): void {
  if (variables.length !== arrays.length) {
    match.missing.push(...variables.map(({ path }) => path));
    match.unexpected.push(...arrays.map(({ name }) => name));
    return;
  }
  for (const [i, variable] of variables.entries()) {
    match.pairs.push({ variable, array: arrays[i] as NamedArray });
  }
}

/** Keras 3 has no `/` in the names of layers; Keras 2's `conv1/conv` is its `conv1_conv`. */
function plain(name: string): string {
  return name.replaceAll('/', '_');
}

function emptyMatch(): WeightMatch {
  return { pairs: [], missing: [], unexpected: [] };
}
