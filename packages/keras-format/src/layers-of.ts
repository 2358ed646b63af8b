// The layers of a model as Keras lists them.

import { type LayersModel, Sequential } from '@tensorflow/tfjs-layers';
import { CallGraph } from './call-graph.js';
import type { Layer } from './layers/index.js';

/** In Keras's order. The input of a Sequential is not among them. */
export function layersOf(model: LayersModel): readonly Layer[] {
  if (!(model instanceof Sequential)) return new CallGraph(model).layers;
  return model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
}
