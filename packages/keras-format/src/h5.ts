// A LayersModel as the bytes of a Keras .h5 file, and back.

import { invalidArgument } from '@graftjs/core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import { buildModel } from './build-model.js';
import { describeModel } from './describe-model.js';
import { readH5 } from './read-h5.js';
import { writeH5 } from './write-h5.js';

/**
 * Writes a model as Keras's `.h5` (HDF5) format has it: topology, weights, which layers are frozen. Keras 3 opens the
 * bytes with `keras.models.load_model`. How the model was compiled is not written.
 *
 * @param model a Sequential or functional model whose input shape is known
 * @throws GraftError when the model has a layer or setting that Keras lacks or this package does not support
 * @example
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] });
 * const bytes = await modelToH5(model);
 * const again = await modelFromH5(bytes);
 */
export async function modelToH5(model: LayersModel): Promise<Uint8Array> {
  if (!(model instanceof LayersModel)) throw invalidArgument('model', 'a LayersModel', model);
  return writeH5(await describeModel(model));
}

/**
 * Reads a model from the bytes of a whole-model `.h5` file of Keras 3. Its predictions are those of Keras to float32's
 * precision; its layers have Keras's names, and are frozen where Keras had frozen them. It is not compiled.
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
  options: { name?: string } = {},
): Promise<LayersModel> {
  const { name = 'the file' } = options;
  if (!(bytes instanceof Uint8Array)) throw invalidArgument('bytes', 'a Uint8Array', bytes);
  return buildModel(await readH5(bytes, name), name);
}
