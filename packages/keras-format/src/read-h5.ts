// Bytes of a legacy Keras .h5 file → a Keras model as plain data. Knows no tfjs.

import { GraftError } from '@graftjs/core';
import type { Group } from 'h5wasm';
import { type ByteSource, sourceOf } from './byte-source.js';
import { ArrayReader, isGroup } from './datasets.js';
import { isRecord } from './fields.js';
import { readHdf5 } from './hdf5.js';
import { parseJson } from './json.js';
import type { KerasModel, LayerWeights, NamedArray, StoredTraining } from './keras-model.js';
import { upgradeTopology } from './keras2.js';
import { upgradeTraining } from './keras2-training.js';
import { storedOptimizer } from './stored-optimizer.js';
import { readString, readStringList } from './string-lists.js';

/**
 * Reads a whole-model file of Keras 2 or 3.
 *
 * @param fileName what to call the file in errors
 * @throws GraftError when the bytes are no such file, or hold what is no weight
 */
export function readH5(bytes: Uint8Array | ByteSource, fileName: string): Promise<KerasModel> {
  const source = sourceOf(bytes);
  return readHdf5(source, fileName, (root) => modelIn(root, source, fileName));
}

/** Whether an open file is of a whole model. */
export function holdsModel(root: Group): boolean {
  return 'model_config' in root.attrs;
}

/** The model of an open file. */
export function modelIn(root: Group, source: ByteSource, fileName: string): KerasModel {
  const topology = readTopology(root, fileName);
  const group = root.get('model_weights');
  if (!isGroup(group)) throw new GraftError(`${fileName} holds no model_weights`);
  const reader = new ArrayReader(fileName, source.size);
  const weights = readLayers(group, reader);
  const training = readTraining(root, reader);
  return { topology, weights, ...(training && { training }) };
}

function readTopology(root: Group, fileName: string): unknown {
  const text = readString(root, 'model_config');
  if (text === undefined) {
    throw new GraftError(
      `${fileName} holds no model_config: it is not a whole model saved by Keras, or has weights only`,
    );
  }
  const topology = parseJson(text, `the model_config of ${fileName}`);
  return isOfKeras2(root) ? upgradeTopology(topology, fileName) : topology;
}

/** Files of Keras 1 and of other writers may name no version. */
function isOfKeras2(root: Group): boolean {
  return /^[12]\./.test(readString(root, 'keras_version') ?? '3');
}

/** The weights of a group that lists its layers. */
export function readLayers(group: Group, reader: ArrayReader): LayerWeights {
  const weights = new Map<string, NamedArray[]>();
  for (const layer of readStringList(group, 'layer_names') ?? []) {
    const layerGroup = group.get(layer);
    if (!isGroup(layerGroup)) {
      throw new GraftError(
        `${reader.fileName} names the layer "${layer}" but holds no weights of that name`,
      );
    }
    weights.set(
      layer,
      readArrays(layerGroup, reader, (name) => `"${name}" of layer "${layer}"`),
    );
  }
  return weights;
}

function readArrays(group: Group, reader: ArrayReader, whose: (name: string) => string) {
  const names = readStringList(group, 'weight_names') ?? [];
  return names.map((name) => reader.read(group, name, name, `the weight ${whose(name)}`));
}

/** What a compiled model has besides. */
function readTraining(root: Group, reader: ArrayReader): StoredTraining | undefined {
  const text = readString(root, 'training_config');
  if (text === undefined) return undefined;
  const config = parseJson(text, `the training_config of ${reader.fileName}`);
  if (!isRecord(config)) return undefined;
  const { optimizer_config: optimizer, ...others } = config;
  const compiled = { ...others, optimizer };
  const group = root.get('optimizer_weights');
  if (!isGroup(group)) return { compiled };
  const arrays = readArrays(group, reader, (name) => `"${name}" of the optimizer`);
  const training = { compiled, optimizer: storedOptimizer(arrays, reader.fileName) };
  return isOfKeras2(root) ? upgradeTraining(training) : training;
}
