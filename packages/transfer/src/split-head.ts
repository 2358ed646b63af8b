// Takes a model apart where its head begins, so that the head can train on what the base gives.

import * as layers from '@tensorflow/tfjs-layers';
import { GraftError, type Layer } from '@graftjs/core';
import { baseEnd } from './base-end.js';
import { cutAt } from './cut.js';

/** A model in two, which share its layers: what the head learns the model knows. */
export interface SplitModel {
  /** From the model's input to features. */
  readonly base: layers.LayersModel;
  /** From features to the model's output. */
  readonly head: layers.LayersModel;
}

/** Layers without weights that do the same in training as in inference: they belong to what is computed once. */
const fixed = /(Pooling[123]D|Flatten|Reshape|Activation|ReLU|Rescaling)$/;

/**
 * Splits a model before its head (the last of its `layerGroups`). Pooling and flattening at the head's beginning go to the
 * base, so that features are small; dropout stays.
 *
 * @throws GraftError where the head is not one layer after the other, has nothing to train, or is all there is
 * @example
 * const model = graftHead(base, { classes: 2, hidden: 64, dropout: 0.5 });
 * const { base: frozen, head } = splitHead(model);
 * const features = await cacheFeatures(frozen, photos, { batchSize: 64 });
 * await fit(head, features, { optimizer: new Adam(), loss: 'sparseCategoricalCrossentropy', epochs: 20 });
 */
export function splitHead(model: layers.LayersModel): SplitModel {
  let end = baseEnd(model);
  const above = model.layers.slice(model.layers.indexOf(end) + 1);
  for (const [i, layer] of above.entries()) checkChain(model, layer, above[i - 1] ?? end);
  while (above[0] && fixed.test(above[0].getClassName())) end = above.shift() as Layer;
  if (!above.some(({ weights }) => weights.length > 0))
    throw new GraftError('model must have a head with weights; see layerGroups');
  const base = cutAt(model, end.name);
  const features = base.outputs[0] as layers.SymbolicTensor;
  const input = layers.input({ shape: features.shape.slice(1), dtype: features.dtype });
  const output = above.reduce((x, layer) => layer.apply(x) as layers.SymbolicTensor, input);
  return { base, head: layers.model({ inputs: input, outputs: output }) };
}

/** @throws GraftError for a layer that takes anything but the output of the one below */
function checkChain(model: layers.LayersModel, layer: Layer, below: Layer): void {
  const own = new Set(model.layers);
  const sources = layer.inboundNodes
    .flatMap(({ inboundLayers }) => inboundLayers)
    .filter((source) => own.has(source));
  if (sources.length === 1 && sources[0] === below) return;
  throw new GraftError(
    `model must have a head of one layer after the other. ${layer.name} takes ${sources.map(({ name }) => name).join(', ')}`,
  );
}
