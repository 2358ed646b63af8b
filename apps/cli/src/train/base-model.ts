// A network of the zoo as the base of a new one: it takes pixels and gives the features of a photo.

import * as layers from '@tensorflow/tfjs-layers';
import { modelTable, preprocessLayer, zooModel, type ModelName } from '@graftjs/model-zoo';
import type { WeightsOptions, WeightsSource } from '@graftjs/model-zoo';

export interface BaseModel {
  /** [batch, size, size, 3] in [0, 255] to [batch, features]; frozen. */
  readonly base: layers.LayersModel;
  readonly size: number;
}

/**
 * The layers are those of Keras's guide to transfer learning: preprocessing, then the network without its top, pooled. The
 * weights are those of ImageNet unless others are named.
 */
export async function baseModel(
  name: ModelName,
  options: WeightsOptions & { readonly weights: WeightsSource },
): Promise<BaseModel> {
  const { inputSize: size, preprocess } = modelTable[name];
  const network = await zooModel(name, {
    ...options,
    ...{ includeTop: false, pooling: 'avg', inputShape: [size, size, 3] },
  });
  const input = layers.input({ shape: [size, size, 3], name: 'photo' });
  const pixels = preprocessLayer(preprocess).apply(input);
  const outputs = network.apply(pixels) as layers.SymbolicTensor;
  const base = layers.model({ inputs: input, outputs });
  network.trainable = false;
  return { base, size };
}
