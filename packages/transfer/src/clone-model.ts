// Copies a model, so that training the copy leaves the original as it was.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { leafLayers } from '@graftjs/core';

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
  const config: unknown = JSON.parse(JSON.stringify(model.getConfig()));
  const copy = cls.fromConfig(cls, config, {}, true);
  const originals = leafLayers(model);
  for (const [i, { layer }] of leafLayers(copy).entries()) {
    const source = originals[i]?.layer;
    for (const [k, weight] of layer.weights.entries()) {
      const value = source?.weights[k]?.read();
      if (value) weight.write(value);
    }
    if (source) layer.trainable = source.trainable;
  }
  copy.trainable = model.trainable;
  return copy;
}
