// Bytes of a legacy Keras .h5 file → a Keras model as plain data. Knows no tfjs.

import { GraftError } from '@graftjs/core';
import type { Dataset, Entity, Group } from 'h5wasm';
import { readHdf5 } from './hdf5.js';
import type { KerasModel, NamedArray } from './keras-model.js';
import { readString, readStringList } from './string-lists.js';

/**
 * Deflate makes at most 1032 bytes out of one; without compression, a weight takes the bytes it has in the file. A file
 * that promises more than that is made to exhaust memory.
 */
const largestInflation = 1032;

/**
 * Reads a whole-model file.
 *
 * @param fileName what to call the file in errors
 * @throws GraftError when the bytes are no such file, or hold what is no weight
 */
export function readH5(bytes: Uint8Array, fileName: string): Promise<KerasModel> {
  return readHdf5(bytes, fileName, (root) => ({
    topology: readTopology(root, fileName),
    weights: readWeights(root, fileName, bytes.byteLength),
  }));
}

function readTopology(root: Group, fileName: string): unknown {
  const version = readString(root, 'keras_version');
  if (version !== undefined && /^[12]\./.test(version)) {
    throw new GraftError(
      `${fileName} was written by Keras ${version}; only files of Keras 3 can be read`,
    );
  }
  const text = readString(root, 'model_config');
  if (text === undefined) {
    throw new GraftError(
      `${fileName} holds no model_config: it is not a whole model saved by Keras, or has weights only`,
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // Python writes NaN and Infinity, which JSON has not.
    const reason = error instanceof Error ? error.message : String(error);
    throw new GraftError(`the model_config of ${fileName} is not valid JSON: ${reason}`, {
      cause: error,
    });
  }
}

function readWeights(root: Group, fileName: string, fileSize: number) {
  const group = root.get('model_weights');
  if (!isGroup(group)) throw new GraftError(`${fileName} holds no model_weights`);
  const weights = new Map<string, NamedArray[]>();
  let left = fileSize;
  for (const layer of readStringList(group, 'layer_names') ?? []) {
    const layerGroup = group.get(layer);
    if (!isGroup(layerGroup)) {
      throw new GraftError(
        `${fileName} names the layer "${layer}" but holds no weights of that name`,
      );
    }
    const arrays: NamedArray[] = [];
    for (const name of readStringList(layerGroup, 'weight_names') ?? []) {
      const where = `the weight "${name}" of layer "${layer}" in ${fileName}`;
      const dataset = layerGroup.get(name);
      if (!isDataset(dataset)) throw new GraftError(`${where} is missing`);
      left -= storedSize(dataset);
      if (left < 0) throw new GraftError(`${where} would take more bytes than the file has`);
      arrays.push({ name, shape: dataset.shape ?? [], data: readFloats(dataset, where) });
    }
    weights.set(layer, arrays);
  }
  return weights;
}

/** A bound from below on what a dataset takes in its file. */
function storedSize(dataset: Dataset): number {
  const size = (dataset.shape ?? []).reduce((a, b) => a * b, dataset.metadata.size);
  return dataset.filters.length > 0 ? size / largestInflation : size;
}

function readFloats(dataset: Dataset, where: string): Float32Array {
  if (dataset.shape === null || (dataset.dtype !== '<f' && dataset.dtype !== '<d')) {
    const type = typeof dataset.dtype === 'string' ? dataset.dtype : 'a compound';
    throw new GraftError(`${where} must hold float32 or float64. Received: ${type}`);
  }
  const { value } = dataset;
  if (value instanceof Float32Array) return value;
  if (value instanceof Float64Array) return Float32Array.from(value);
  if (typeof value === 'number') return Float32Array.of(value);
  throw new GraftError(`${where} cannot be read`);
}

function isGroup(entity: Entity | null): entity is Group {
  return entity !== null && 'keys' in entity;
}

function isDataset(entity: Entity | null): entity is Dataset {
  return entity !== null && 'filters' in entity;
}
