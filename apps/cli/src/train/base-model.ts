// The base of a new classifier: it takes pixels and gives the features of a photo.

import * as layers from '@tensorflow/tfjs-layers';
import { GraftError, invalidArgument } from '@graftjs/core';
import { loadModel } from '@graftjs/keras-format/node';
import { modelTable, preprocessLayer, zooModel, type PreprocessMode } from '@graftjs/model-zoo';
import type { WeightsOptions, WeightsSource } from '@graftjs/model-zoo';
import { freeze, graftHead } from '@graftjs/transfer';
import { parseModelName } from '../zoo/model-name.js';
import { cutHead } from './cut-head.js';
import { photoSize } from './photo-size.js';

export interface BaseModel {
  /** [batch, height, width, 3] in [0, 255] to [batch, features]; frozen. */
  readonly base: layers.LayersModel;
  readonly size: readonly [number, number];
}

/** How a file's model takes pixels; none: from 0 to 255. */
export type Preprocess = PreprocessMode | 'none';

/** A base that is known by its name, and what it is called. */
export interface NamedBase {
  readonly title: string;
  load(options: WeightsOptions): Promise<BaseModel>;
}

/**
 * A model of the zoo, or a file's.
 *
 * @param model a name, or a path that ends as model files do
 * @throws GraftError for a name that is none, and options that the model does not take
 */
export function namedBase(
  model: string,
  weights: WeightsSource,
  preprocess: Preprocess | undefined,
): NamedBase {
  if (/\.(?:keras|h5|hdf5|json)$/i.test(model)) {
    if (weights !== 'imagenet')
      throw invalidArgument('--weights', 'left out where --model is a file', weights);
    return { title: model, load: () => fileBase(model, preprocess ?? 'none') };
  }
  const name = parseModelName(model);
  if (preprocess !== undefined)
    throw invalidArgument('--preprocess', 'left out where --model is one of the zoo', preprocess);
  const { title, inputSize: size, preprocess: mode } = modelTable[name];
  const load = async (options: WeightsOptions) => {
    const network = await zooModel(name, {
      ...{ ...options, weights },
      ...{ includeTop: false, pooling: 'avg', inputShape: [size, size, 3] },
    });
    return pixelsTo(network, [size, size], mode);
  };
  return { title, load };
}

async function fileBase(file: string, preprocess: Preprocess): Promise<BaseModel> {
  const model = await loadModel(file);
  const size = photoSize(model, file);
  if (model.outputs.length !== 1) throw new GraftError(`${file} must have one output`);
  return pixelsTo(cutHead(model), size, preprocess);
}

/** The layers are those of Keras's guide to transfer learning: preprocessing, then the network, pooled. */
function pixelsTo(
  network: layers.LayersModel,
  size: readonly [number, number],
  preprocess: Preprocess,
): BaseModel {
  freeze([network]);
  // A model that takes pixels stays as it is: one that graft has trained would else be within another, and so on.
  if (preprocess === 'none') return { base: pooled(network), size };
  const input = layers.input({ shape: [...size, 3], name: 'photo' });
  const pixels = preprocessLayer(preprocess).apply(input);
  const outputs = network.apply(pixels) as layers.SymbolicTensor;
  return { base: pooled(layers.model({ inputs: input, outputs })), size };
}

function pooled(network: layers.LayersModel): layers.LayersModel {
  const shape = network.outputs[0]?.shape ?? [];
  if (shape.length === 2) return network;
  if (shape.length === 4)
    return graftHead(network, [layers.layers.globalAveragePooling2d({ name: 'photo_pooling' })]);
  const received = shape.map((n) => n ?? 'any').join(', ');
  throw new GraftError(`--model must give features or maps of them. Its last give [${received}]`);
}
