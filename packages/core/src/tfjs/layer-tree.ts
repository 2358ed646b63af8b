// Walks the layers of a model, nested models included, and says which of them really train.

import type { LayersModel } from '@tensorflow/tfjs-layers';

/** tfjs-layers exports no such type of its own. */
export type Layer = LayersModel['layers'][number];

export interface LeafLayer {
  readonly layer: Layer;
  /** False where the layer or any model around it is frozen, as in Keras. */
  readonly trainable: boolean;
}

/** The layers that are not models themselves, each once, in the model's order. */
export function leafLayers(model: LayersModel): LeafLayer[] {
  const leaves = new Map<Layer, LeafLayer>();
  const visit = (container: LayersModel, above: boolean): void => {
    for (const layer of container.layers) {
      const trainable = above && layer.trainable;
      if (isModel(layer)) visit(layer, trainable);
      else
        leaves.set(layer, { layer, trainable: trainable || leaves.get(layer)?.trainable === true });
    }
  };
  visit(model, model.trainable);
  return [...leaves.values()];
}

/** True for a layer that holds layers: a nested LayersModel or Sequential. */
export function isModel(layer: Layer): layer is Layer & LayersModel {
  return 'layers' in layer && Array.isArray(layer.layers);
}
