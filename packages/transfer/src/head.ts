// Puts new layers on top of a model.

import * as layers from '@tensorflow/tfjs-layers';
import { invalidArgument, type Layer } from '@graftjs/core';

/**
 * The base with new layers on its output. The base's layers are shared, not copied.
 *
 * @param base a model with one output
 * @param head layers to apply, in order
 * @param name of the new model; default: one that tfjs makes
 * @throws GraftError for a base with several outputs, an empty head, or a layer name that the base has already
 * @example
 * const modelB = graftHead(body, [tf.layers.dense({ units: 1, activation: 'sigmoid', name: 'shirt' })]);
 */
export function graftHead(
  base: layers.LayersModel,
  head: readonly Layer[],
  name?: string,
): layers.LayersModel {
  if (base.outputs.length !== 1) {
    throw invalidArgument('base', 'a model with one output', base.outputs.length);
  }
  if (head.length === 0) throw invalidArgument('head', 'at least one layer', head);
  const taken = new Set(base.layers.map(({ name }) => name));
  for (const layer of head) {
    if (taken.has(layer.name)) {
      throw invalidArgument('head', "layers with names that the base doesn't have", layer.name);
    }
    taken.add(layer.name);
  }
  let output = base.outputs[0] as layers.SymbolicTensor;
  for (const layer of head) output = layer.apply(output) as layers.SymbolicTensor;
  return layers.model({ inputs: base.inputs, outputs: output, ...(name ? { name } : {}) });
}
