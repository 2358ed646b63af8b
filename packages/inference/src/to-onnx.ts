// A model as an ONNX file.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { lowerModel } from './lower/lower-model.js';
import { encodeOnnx } from './onnx/encode.js';
import { optimize } from './passes/optimize.js';

/**
 * The bytes of a `.onnx` file (operators of version 18) that computes what the model predicts. Inputs and outputs have the
 * model's names, and shapes: a batch of any size, images with their channels last. Dropout is left out, normalization and
 * preprocessing have become part of the weights.
 *
 * @throws GraftError for a layer that has no such form, which it names
 * @example
 * await writeFile('model.onnx', await toOnnx(model));
 */
export function toOnnx(model: LayersModel): Promise<Uint8Array> {
  return encodeOnnx(optimize(lowerModel(model)), model.name);
}
