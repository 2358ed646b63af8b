// A LayersModel as the bytes of a Keras .h5 file, and back.

import { type LayersModel } from '@tensorflow/tfjs-layers';
import { type ReadOptions, readWith } from './read-model.js';
import { describeModel } from './describe-model.js';
import { readH5 } from './read-h5.js';
import type { Resumable } from './read-training.js';
import { describeTraining, type TrainingToSave } from './training.js';
import { writeH5 } from './write-h5.js';

/**
 * Writes a model as Keras's `.h5` (HDF5) format has it: topology, weights, which layers are frozen, and its training where
 * an optimizer is given. Keras 3 opens the bytes with `keras.models.load_model`.
 *
 * @param model a Sequential or functional model whose input shape is known
 * @param training the optimizer with its state, loss and metrics
 * @throws GraftError when the model has a layer or setting that Keras lacks or this package does not support
 * @example
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });
 * const bytes = await modelToH5(model);
 * const again = await modelFromH5(bytes);
 */
export async function modelToH5(
  model: LayersModel,
  training: TrainingToSave = {},
): Promise<Uint8Array> {
  const described = await describeModel(model);
  const stored = await describeTraining(model, training);
  return writeH5({ ...described, ...(stored && { training: stored }) });
}

/**
 * Reads a model from the bytes of a whole-model `.h5` file of Keras 2 or 3. Its predictions are those of Keras to
 * float32's precision; its layers have Keras's names, and are frozen where Keras had frozen them. It is not compiled.
 *
 * The bytes may come from anywhere: they are checked before memory is taken for what they promise.
 *
 * @param options.name what to call the file in errors
 * @throws GraftError when the bytes are no such file, or hold a layer or setting that is not supported
 * @example
 * const response = await fetch('model.h5');
 * const model = await modelFromH5(new Uint8Array(await response.arrayBuffer()), { name: 'model.h5' });
 */
export async function modelFromH5(
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<LayersModel> {
  return (await readWith(readH5, bytes, options, false)).model;
}

/**
 * The same with what the file says of the model's training: the optimizer's state, loss, metrics. (RMSprop without momentum
 * added ε after the root in Keras before 2.11; like Keras 3, ours goes on with ε under it.)
 *
 * @throws GraftError also when the optimizer is not supported
 * @example
 * const { model, optimizerState } = await resumableFromH5(bytes);
 */
export function resumableFromH5(bytes: Uint8Array, options: ReadOptions = {}): Promise<Resumable> {
  return readWith(readH5, bytes, options, true);
}
