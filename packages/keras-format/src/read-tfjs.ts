// tfjs-layers' model.json and its shards → a Keras model as plain data. Knows no tfjs: the topology is that of Keras 2.

import { GraftError, invalidArgument } from '@graftjs/core';
import { isRecord } from './fields.js';
import { innerFieldsOf } from './inner-layers.js';
import { parseJson } from './json.js';
import type { KerasModel, NamedArray } from './keras-model.js';
import { upgradeTopology } from './keras2.js';

/** Gives the bytes of a shard by its path beside the model.json. */
export type ReadShard = (path: string) => Promise<Uint8Array>;

/** @throws GraftError when the text is no such model, or the shards do not fit it */
export async function readTfjs(
  text: string,
  readShard: ReadShard,
  fileName: string,
): Promise<KerasModel> {
  const parsed = withKerasNames(parseJson(text, fileName));
  const { modelTopology, weightsManifest } = isRecord(parsed) ? parsed : {};
  if (!isRecord(modelTopology) || !Array.isArray(weightsManifest)) {
    throw new GraftError(
      `${fileName} is no model.json: it needs modelTopology and weightsManifest`,
    );
  }
  // What a converter took from Keras has it one level down.
  const { model_config: inner, keras_version: version } = modelTopology;
  const topology = isRecord(inner) ? inner : modelTopology;
  const isKeras3 = typeof version === 'string' && version.startsWith('3.');
  const arrays = new Map<string, NamedArray>();
  for (const group of weightsManifest as unknown[]) {
    for (const array of await readGroup(group, readShard, fileName)) {
      if (arrays.has(array.name)) {
        throw new GraftError(`${fileName} holds two weights named "${array.name}"`);
      }
      arrays.set(array.name, array);
    }
  }
  const upgraded = isKeras3 ? topology : upgradeTopology(topology, fileName);
  return { topology: upgraded, weights: byOuterLayer(upgraded, [...arrays.values()]) };
}

/** Our own layers have names of their own in tfjs, with Keras's after `Graft`. */
function withKerasNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKerasNames);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === 'class_name' && typeof inner === 'string'
      ? inner.replace(/^Graft(?=[A-Z])/, '')
      : withKerasNames(inner),
  ]);
  return Object.fromEntries(entries) as unknown;
}

async function readGroup(
  group: unknown,
  readShard: ReadShard,
  fileName: string,
): Promise<NamedArray[]> {
  const { paths, weights } = isRecord(group) ? group : {};
  if (!Array.isArray(paths) || !Array.isArray(weights)) {
    throw invalidArgument(`weightsManifest of ${fileName}`, 'groups of paths and weights', group);
  }
  const parts: Uint8Array[] = [];
  for (const path of paths as unknown[]) {
    parts.push(await readShard(checkPath(path, fileName)));
  }
  const bytes = joined(parts);
  let at = 0;
  const arrays = (weights as unknown[]).map((spec) => {
    const { name, shape, dtype } = checkSpec(spec, fileName);
    const size = shape.reduce((a, b) => a * b, 4);
    if (size > bytes.byteLength - at) {
      throw new GraftError(`the weight "${name}" in ${fileName} is larger than its shards`);
    }
    const buffer = bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + size);
    at += size;
    const data =
      dtype === 'float32' ? new Float32Array(buffer) : Float32Array.from(new Int32Array(buffer));
    return { name, shape, data };
  });
  if (at !== bytes.byteLength) {
    throw new GraftError(
      `the shards of ${fileName} must have ${at} bytes. Received: ${bytes.byteLength}`,
    );
  }
  return arrays;
}

function checkPath(path: unknown, fileName: string): string {
  const isSafe =
    typeof path === 'string' &&
    path !== '' &&
    !/^[\\/]|[:\\\0]/.test(path) &&
    !path.split('/').includes('..');
  if (!isSafe) throw invalidArgument(`a path in ${fileName}`, 'inside the folder', path);
  return path;
}

function checkSpec(spec: unknown, fileName: string) {
  const { name, shape, dtype, quantization } = isRecord(spec) ? spec : {};
  const isShape =
    Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0);
  if (typeof name !== 'string' || !isShape) {
    throw invalidArgument(`a weight of ${fileName}`, 'an object with name and shape', spec);
  }
  if ((dtype !== 'float32' && dtype !== 'int32') || quantization !== undefined) {
    throw invalidArgument(
      `dtype of the weight "${name}" in ${fileName}`,
      '"float32" or "int32", not quantized',
      dtype,
    );
  }
  return { name, shape: shape as number[], dtype };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

/** The weights of each layer of the model; a weight's name begins with its layer's, also within other models. */
function byOuterLayer(topology: unknown, arrays: readonly NamedArray[]): Map<string, NamedArray[]> {
  const owners = new Map<string, string>();
  const own = (layer: unknown, outer: string | undefined): void => {
    if (!isRecord(layer) || !isRecord(layer.config)) return;
    const { config } = layer;
    const name = String(config.name ?? layer.name);
    if (Array.isArray(config.layers)) {
      for (const inner of config.layers as unknown[]) own(inner, outer ?? name);
    } else owners.set(name, outer ?? name);
    // A model that a layer is made of has weights without the name of that layer.
    for (const { field } of innerFieldsOf(String(layer.class_name))) {
      const inner = config[field];
      if (isRecord(inner) && isRecord(inner.config) && 'layers' in inner.config) {
        own(inner, outer ?? name);
      }
    }
  };
  const config = isRecord(topology) && isRecord(topology.config) ? topology.config : {};
  if (Array.isArray(config.layers)) {
    for (const layer of config.layers as unknown[]) own(layer, undefined);
  }
  const weights = new Map<string, NamedArray[]>();
  for (const array of arrays) {
    // The converter keeps the models around a layer in the name, tfjs does not.
    const owner = array.name.split('/').find((part) => owners.has(part));
    const outer = (owner === undefined ? undefined : owners.get(owner)) ?? array.name;
    const list = weights.get(outer) ?? [];
    weights.set(outer, list);
    list.push(array);
  }
  return weights;
}
