// What is left of a classifier without its head: the network that gives a photo's features.

import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Layer } from '@graftjs/core';
import { cutAt } from '@graftjs/transfer';

/** Layers that stand around the one that tells classes apart, and belong to the head as it does. */
const AROUND = new Set(['Activation', 'Softmax', 'Dropout', 'Reshape', 'Flatten']);

/**
 * The model up to the layer before its last Dense layer (or the convolution of a single pixel that MobileNet has instead),
 * sharing its layers. A model without one at its end is whole already.
 */
export function cutHead(model: LayersModel): LayersModel {
  let at = before(model.outputs[0], AROUND);
  if (!at || !tellsClasses(at)) return model;
  at = before(at.inputs[0], new Set(['Dropout']));
  return at?.sourceLayer ? cutAt(model, at.sourceLayer.name) : model;
}

/** Goes up from a tensor while layers of such classes made it. */
function before(
  from: SymbolicTensor | undefined,
  classNames: ReadonlySet<string>,
): SymbolicTensor | undefined {
  let tensor = from;
  while (tensor && classNames.has(kindOf(tensor.sourceLayer))) [tensor] = tensor.inputs;
  return tensor;
}

function tellsClasses({ sourceLayer, inputs }: SymbolicTensor): boolean {
  const [, height, width] = inputs[0]?.shape ?? [];
  const kind = kindOf(sourceLayer);
  return kind === 'Dense' || (kind === 'Conv2D' && height === 1 && width === 1);
}

/** By Keras's name: Graft's own layers have another beside tfjs's. */
function kindOf(layer: Layer): string {
  return layer.getClassName().replace(/^Graft/, '');
}
