// Bytes of a Keras 3 .keras file → a Keras model as plain data. Knows no tfjs.

import { GraftError } from '@graftjs/core';
import { type ByteSource, bytesOf, sourceOf } from './byte-source.js';
import { ArrayReader } from './datasets.js';
import { isRecord } from './fields.js';
import { readHdf5 } from './hdf5.js';
import { parseJson } from './json.js';
import type { KerasModel, NamedArray, StoredTraining } from './keras-model.js';
import { checkExpected, readOptimizerVars, readVars, type StoredVars } from './read-vars.js';
import { findPlaces } from './var-folders.js';
import { readZip } from './zip.js';

export const configEntry = 'config.json';
export const metadataEntry = 'metadata.json';
export const weightsEntry = 'model.weights.h5';

const megabyte = 1 << 20;
const largest = {
  [configEntry]: 256 * megabyte,
  [metadataEntry]: megabyte,
  [weightsEntry]: 2 ** 32,
};

/**
 * Reads a `.keras` file.
 *
 * @param fileName what to call the file in errors
 * @throws GraftError when the bytes are no such file
 */
export async function readKeras(
  bytes: Uint8Array | ByteSource,
  fileName: string,
): Promise<KerasModel> {
  const source = sourceOf(bytes);
  const entries = readZip(source, fileName, largest);
  const entry = (name: string): ByteSource => {
    const content = entries.get(name);
    if (content) return content;
    throw new GraftError(`${fileName} holds no ${name}: it is not a model saved by Keras 3`);
  };
  const topology = parseJson(
    new TextDecoder().decode(bytesOf(entry(configEntry))),
    `${configEntry} of ${fileName}`,
  );
  const places = findPlaces(topology, fileName);
  const content = entry(weightsEntry);
  return readHdf5(content, `${weightsEntry} of ${fileName}`, (root) => {
    const reader = new ArrayReader(fileName, content.size, source.size);
    const vars = readVars(root, places, reader);
    checkExpected(vars, fileName);
    const compiled = isRecord(topology) ? topology.compile_config : undefined;
    const optimizer = isRecord(compiled) ? readOptimizerVars(root, reader) : undefined;
    const training: StoredTraining | undefined = isRecord(compiled)
      ? { compiled, ...(optimizer && { optimizer }) }
      : undefined;
    return { topology, weights: byOuterLayer(vars), ...(training && { training }) };
  });
}

/** Weights of layers within models counted among those of the outermost one, as .h5 files have them. */
function byOuterLayer({ layers }: StoredVars): Map<string, NamedArray[]> {
  const weights = new Map<string, NamedArray[]>();
  for (const [path, arrays] of layers) {
    const [outer = path] = path.split('/');
    const list = weights.get(outer) ?? [];
    weights.set(outer, list);
    for (const array of arrays) list.push(array);
  }
  return weights;
}
