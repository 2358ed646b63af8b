// Puts new layers on top of a model, or in the place of those on top.

import * as layers from '@tensorflow/tfjs-layers';
import { invalidArgument, type Layer } from '@graftjs/core';
import { baseEnd } from './base-end.js';
import { cutAt } from './cut.js';
import { headLayers, type HeadOptions } from './head-layers.js';

/**
 * The base with a head on its output. The base's layers are shared, not copied.
 *
 * @param base a model with one output
 * @param head what the head is to be, or layers to apply, in order
 * @param name of the new model; default: one that tfjs makes
 * @throws GraftError for a base with several outputs, an option that is none, no layers, or a layer name that the base has
 * @example
 * // Global pooling, 64 units with ReLU, dropout, softmax.
 * const model = graftHead(base, { classes: 2, hidden: 64, dropout: 0.5 });
 * @example
 * const modelB = graftHead(body, [tf.layers.dense({ units: 1, activation: 'sigmoid', name: 'shirt' })]);
 */
export function graftHead(
  base: layers.LayersModel,
  head: readonly Layer[] | HeadOptions,
  name?: string,
): layers.LayersModel {
  if (base.outputs.length !== 1) {
    throw invalidArgument('base', 'a model with one output', base.outputs.length);
  }
  const [features] = base.outputs as [layers.SymbolicTensor];
  const taken = new Set(base.layers.map((layer) => layer.name));
  const list = isList(head) ? head : headLayers(features.shape, taken, head);
  if (list.length === 0) throw invalidArgument('head', 'at least one layer', list);
  for (const layer of list) {
    if (taken.has(layer.name)) {
      throw invalidArgument('head', "layers with names that the base doesn't have", layer.name);
    }
    taken.add(layer.name);
  }
  let output = features;
  for (const layer of list) output = layer.apply(output) as layers.SymbolicTensor;
  return layers.model({ inputs: base.inputs, outputs: output, ...(name ? { name } : {}) });
}

/**
 * The model with another head in the place of its own, which is the last of its {@link layerGroups}: the pooling and the
 * classifier of a network of the zoo. All other layers are shared with the original.
 *
 * @param head, name as in {@link graftHead}
 * @throws GraftError as `graftHead` does, and for a model that is all head
 * @example
 * const model = replaceHead(await resNet50(), { classes: 5 });
 */
export function replaceHead(
  model: layers.LayersModel,
  head: readonly Layer[] | HeadOptions,
  name?: string,
): layers.LayersModel {
  return graftHead(cutAt(model, baseEnd(model).name), head, name);
}

function isList(head: readonly Layer[] | HeadOptions): head is readonly Layer[] {
  return Array.isArray(head);
}
