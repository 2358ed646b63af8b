// The base of a new classifier: it takes pixels and gives the features of a photo.

import * as layers from '@tensorflow/tfjs-layers';
import { GraftError, invalidArgument } from '@graftjs/core';
import { loadModel } from '@graftjs/keras-format/node';
import { modelTable, preprocessLayer, zooModel, type PreprocessMode } from '@graftjs/model-zoo';
import type { WeightsOptions, WeightsSource } from '@graftjs/model-zoo';
import { replaceHead, splitHead } from '@graftjs/transfer';
import { parseModelName } from '../zoo/model-name.js';
import { photoSize } from './photo-size.js';

export interface BaseModel {
  /** [batch, height, width, 3] in [0, 255] to features or maps of them. */
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

/** Whether `--model` names a file. */
export function isModelFile(model: string): boolean {
  return /\.(?:keras|h5|hdf5|json)$/i.test(model);
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
  if (isModelFile(model)) {
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
    return { base: pixelsTo(network, [size, size], mode), size: [size, size] as const };
  };
  return { title, load };
}

async function fileBase(file: string, preprocess: Preprocess): Promise<BaseModel> {
  const model = await loadModel(file);
  const size = photoSize(model, file);
  const [output, ...more] = model.outputs as [layers.SymbolicTensor, ...layers.SymbolicTensor[]];
  if (more.length > 0) throw new GraftError(`${file} must have one output`);
  const base = output.shape.length === 2 ? withoutHead(model) : model;
  return { base: pixelsTo(base, size, preprocess), size };
}

/** Also of a model that ends with its pooling: a head is put in the place of that, and taken off again. */
function withoutHead(model: layers.LayersModel): layers.LayersModel {
  return splitHead(replaceHead(model, { classes: 2 })).base;
}

/** The layers are those of Keras's guide to transfer learning: preprocessing, then the network. */
function pixelsTo(
  network: layers.LayersModel,
  size: readonly [number, number],
  preprocess: Preprocess,
): layers.LayersModel {
  // A model that takes pixels stays as it is: one that graft has trained would else be within another, and so on.
  if (preprocess === 'none') return network;
  const input = layers.input({ shape: [...size, 3], name: 'photo' });
  const outputs = network.apply(preprocessLayer(preprocess).apply(input));
  return layers.model({ inputs: input, outputs: outputs as layers.SymbolicTensor });
}
