// A model as an ONNX file.

import { invalidArgument } from '@graftjs/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { lowerModel } from './lower/lower-model.js';
import { encodeOnnx } from './onnx/encode.js';
import type { WeightFormat } from './onnx/onnx-graph.js';
import { optimize } from './passes/optimize.js';

export interface ToOnnxOptions {
  /**
   * How the kernels of layers are kept; the file unfolds them to float32, with which everything is computed. `float16` halves
   * the file, `int8` (in steps of each output channel's largest value / 127) makes it a quarter. Default: `float32`.
   */
  readonly weights?: WeightFormat;
}

const formats: readonly WeightFormat[] = ['float32', 'float16', 'int8'];

/**
 * The bytes of a `.onnx` file (operators of version 18) that computes what the model predicts. Inputs and outputs have the
 * model's names, and shapes: a batch of any size, images with their channels last. Dropout is left out, normalization and
 * preprocessing have become part of the weights.
 *
 * @throws GraftError for a layer that has no such form, which it names, and for weights that are not finite or beyond float16 where
 *   they are to be smaller
 * @example
 * await writeFile('model.onnx', await toOnnx(model));
 * await writeFile('small.onnx', await toOnnx(model, { weights: 'int8' }));
 */
export async function toOnnx(
  model: LayersModel,
  { weights = 'float32' }: ToOnnxOptions = {},
): Promise<Uint8Array> {
  if (!formats.includes(weights))
    throw invalidArgument('weights', `one of ${formats.join(', ')}`, weights);
  return encodeOnnx(optimize(lowerModel(model)), model.name, weights);
}
