// A LayersModel as the bytes of a Keras 3 .keras file, and back.

import { type LayersModel } from '@tensorflow/tfjs-layers';
import { type ReadOptions, readWith } from './read-model.js';
import { describeModel } from './describe-model.js';
import { readKeras } from './read-keras.js';
import type { Resumable } from './read-training.js';
import { describeTraining, type TrainingToSave } from './training.js';
import { writeKeras } from './write-keras.js';

/**
 * Writes a model as Keras 3's `.keras` format has it, which is Keras's own choice: topology, weights, which layers are
 * frozen, and its training where an optimizer is given.
 *
 * @param model a Sequential or functional model whose input shape is known
 * @param training the optimizer with its state, loss and metrics
 * @throws GraftError when the model has a layer or setting that Keras lacks or this package does not support
 * @example
 * const bytes = await modelToKeras(model, { optimizer, loss: 'meanSquaredError' });
 */
export async function modelToKeras(
  model: LayersModel,
  training: TrainingToSave = {},
): Promise<Uint8Array> {
  const described = await describeModel(model);
  const stored = await describeTraining(model, training);
  return writeKeras({ ...described, ...(stored && { training: stored }) });
}

/**
 * Reads a model from the bytes of a `.keras` file. What is said of `modelFromH5` holds here.
 *
 * @param options.name what to call the file in errors
 * @throws GraftError when the bytes are no such file, or hold a layer or setting that is not supported
 * @example
 * const model = await modelFromKeras(bytes, { name: 'model.keras' });
 */
export async function modelFromKeras(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<LayersModel> {
  return (await readWith(readKeras, bytes, options, false)).model;
}

/**
 * The same with what the file says of the model's training: the optimizer's state, loss, metrics.
 *
 * @throws GraftError also when the optimizer is not supported
 * @example
 * const { model, optimizerState } = await resumableFromKeras(bytes);
 * if (optimizerState) await restoreOptimizer(optimizer, optimizerState, model);
 */
export function resumableFromKeras(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<Resumable> {
  return readWith(readKeras, bytes, options, true);
}
