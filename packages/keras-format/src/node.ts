// Models in files on a disk, for Node.

import { dirname, join } from 'node:path';
import { invalidArgument } from '@graftjs/core';
import { checkFolder, writeWhole } from '@graftjs/core/node';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { modelToH5 } from './h5.js';
import { modelToKeras } from './keras.js';
import { openFile, readWhole, shardsBeside } from './open-file.js';
import { readH5 } from './read-h5.js';
import { readKeras } from './read-keras.js';
import { readWith } from './read-model.js';
import { modelFromTfjs, modelToTfjs } from './tfjs.js';
import type { Resumable } from './read-training.js';
import type { TrainingToSave } from './training.js';
import {
  loadWeightsIn,
  type LoadWeightsOptions,
  type WeightReport,
  weightsToH5,
} from './weights.js';

export type { FileContent, ModelContent, TensorContent } from './file-content.js';
export { loadContent } from './load-content.js';

const formats = {
  '.h5': { write: modelToH5, read: readH5 },
  '.keras': { write: modelToKeras, read: readKeras },
};

/**
 * Saves a model in the format that the file's extension names: `.keras`, `.h5`, or `.json` for tfjs-layers, with its
 * weights in files beside it. An existing model is replaced at once or not at all (of a `.json`, the files that held its
 * weights stay).
 *
 * @param training the optimizer with its state, loss and metrics, for `loadResumable` and for Keras; not for `.json`
 * @throws GraftError when the extension is another, the folder is missing, or the model cannot be written
 * @example
 * await saveModel(model, 'clothes.keras');
 * await saveModel(model, 'halfway.keras', { optimizer, loss: 'categoricalCrossentropy' });
 */
export async function saveModel(
  model: LayersModel,
  path: string,
  training: TrainingToSave = {},
): Promise<void> {
  if (isJson(path)) return saveTfjs(model, path, training);
  const { write } = formatOf(path, '.keras, .h5 or .json');
  await checkFolder(path);
  await writeWhole(path, await write(model, training));
}

async function saveTfjs(model: LayersModel, path: string, training: TrainingToSave): Promise<void> {
  const given = Object.keys(training);
  if (given.length > 0) throw invalidArgument('training', 'left out for a .json file', given);
  await checkFolder(path);
  const { json, shards } = await modelToTfjs(model);
  for (const [name, bytes] of shards) await writeWhole(join(dirname(path), name), bytes);
  await writeWhole(path, json);
}

/**
 * Loads a model from a file in the format that its extension names: `.keras`, `.h5`, or `.json`.
 *
 * @throws GraftError when the extension is another, the file cannot be read, or its model is not supported
 * @example
 * const model = await loadModel('clothes.keras');
 */
export async function loadModel(path: string): Promise<LayersModel> {
  if (isJson(path)) {
    const json = new TextDecoder().decode(await readWhole(path));
    return modelFromTfjs(json, shardsBeside(path), { name: path });
  }
  return (await load(path, '.keras, .h5 or .json', false)).model;
}

/**
 * Loads a model with what its file says of its training, so that it can be gone on with.
 *
 * @throws GraftError also when the optimizer in the file is not supported
 * @example
 * const { model, optimizerState } = await loadResumable('halfway.keras');
 * const optimizer = new Adam();
 * if (optimizerState) await restoreOptimizer(optimizer, optimizerState, model);
 */
export async function loadResumable(path: string): Promise<Resumable> {
  return load(path, '.keras or .h5', true);
}

/** The file is read where it is: in memory it would take as much again as the model. */
function load(path: string, known: string, withTraining: boolean): Promise<Resumable> {
  const { read } = formatOf(path, known);
  return openFile(path, (source) => readWith(read, source, { name: path }, withTraining));
}

/**
 * Saves the weights of a model, and the optimizer's state where one is given, as Keras 3's `.weights.h5`.
 *
 * @throws GraftError when the path does not end so, the folder is missing, or the model cannot be written
 * @example
 * await saveWeights(model, 'clothes.weights.h5');
 */
export async function saveWeights(
  model: LayersModel,
  path: string,
  training: TrainingToSave = {},
): Promise<void> {
  if (typeof path !== 'string' || !path.toLowerCase().endsWith('.weights.h5')) {
    throw invalidArgument('path', 'the path of a .weights.h5 file', path);
  }
  await checkFolder(path);
  await writeWhole(path, await weightsToH5(model, training));
}

/**
 * Loads weights into a model from any `.h5` file of Keras's: see `loadWeightsFromH5`.
 *
 * @returns what matched and what did not
 * @throws GraftError when the file cannot be read, or does not fit the model
 * @example
 * const report = await loadWeights(model, 'imagenet_notop.h5', { by: 'name' });
 */
export async function loadWeights(
  model: LayersModel,
  path: string,
  options: Omit<LoadWeightsOptions, 'name'> = {},
): Promise<WeightReport> {
  return openFile(path, (source) => loadWeightsIn(model, source, { ...options, name: path }));
}

function isJson(path: unknown): boolean {
  return typeof path === 'string' && path.toLowerCase().endsWith('.json');
}

function formatOf(path: string, known: string) {
  const name = String(path).toLowerCase();
  const extension = (['.h5', '.keras'] as const).find((each) => name.endsWith(each));
  if (typeof path !== 'string' || !extension || name.endsWith('.weights.h5')) {
    throw invalidArgument('path', `the path of a ${known} file`, path);
  }
  return formats[extension];
}
