// Decides which layers train. Training reads this at the start of `fit`; optimizers keep what they know of a layer.

import { isModel, type Layer } from '@graftjs/core';

/**
 * Freezes layers: their weights do not change, and BatchNormalization among them normalises by its moving statistics.
 * A nested model is frozen with all that it holds.
 *
 * @example
 * freeze(model.layers.slice(0, -1)); // train the head only
 */
export function freeze(layers: readonly Layer[]): void {
  setTrainable(layers, false);
}

/** Lets layers train again. */
export function unfreeze(layers: readonly Layer[]): void {
  setTrainable(layers, true);
}

function setTrainable(layers: readonly Layer[], trainable: boolean): void {
  for (const layer of layers) {
    // A container passes the flag to weights only, not to the layers in it.
    if (isModel(layer)) setTrainable(layer.layers, trainable);
    layer.trainable = trainable;
  }
}
