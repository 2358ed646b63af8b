// Where the base of a model ends: at the last layer that is not of its head.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError, isModel, leafLayers, type Layer } from '@graftjs/core';
import { layerGroups } from './layer-groups.js';

/**
 * The last of the model's own layers, which may be a model within, that does not belong to the head alone.
 *
 * @throws GraftError for a model that is all head
 */
export function baseEnd(model: LayersModel): Layer {
  const head = new Set(layerGroups(model).at(-1)?.layers);
  const isHead = (layer: Layer) =>
    isModel(layer) ? leafLayers(layer).every((leaf) => head.has(leaf.layer)) : head.has(layer);
  const last = model.layers.findLast((layer) => !isHead(layer));
  if (!last) throw new GraftError('model must have layers below its head; see layerGroups');
  return last;
}
