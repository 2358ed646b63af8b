// The weights of a .weights.h5 file in Keras 3's layout, by the layers of a model. Knows no tfjs.

import { GraftError } from '@graftjs/core';
import type { Group } from 'h5wasm';
import { type ArrayReader, isGroup } from './datasets.js';
import type { NamedArray, StoredOptimizer } from './keras-model.js';
import { storedOptimizer } from './stored-optimizer.js';
import type { Places } from './var-folders.js';

export interface StoredVars {
  /** By the path of a layer, `outer/dense`. A name is that path and a number. */
  readonly layers: ReadonlyMap<string, readonly NamedArray[]>;
  /** Folders with weights that no layer of the model has. */
  readonly unexpected: readonly string[];
}

export function readVars(root: Group, places: Places, reader: ArrayReader): StoredVars {
  const layers = new Map<string, NamedArray[]>();
  const unexpected: string[] = [];
  for (const { folder, path, parts } of places.layers) {
    const layer = path.join('/');
    const arrays = parts.flatMap((part) => readFolder(root, join(folder, part), reader));
    layers.set(
      layer,
      arrays.map(({ shape, data }, i) => ({ name: `${layer}/${i}`, shape, data })),
    );
    const known = new Set(['vars', ...parts.map((part) => part.split('/')[0])]);
    unexpected.push(...foldersWithVars(root, folder, known));
  }
  for (const { folder, children } of places.containers) {
    unexpected.push(...foldersWithVars(root, folder, children));
  }
  return { layers, unexpected };
}

/** The state of the optimizer, if the file has one. */
export function readOptimizerVars(root: Group, reader: ArrayReader): StoredOptimizer | undefined {
  const arrays = readFolder(root, 'optimizer', reader);
  return arrays.length > 0 ? storedOptimizer(arrays, reader.fileName) : undefined;
}

function readFolder(root: Group, folder: string, reader: ArrayReader): NamedArray[] {
  const vars = root.get(`${folder}/vars`);
  if (!isGroup(vars)) return [];
  // Keras numbers them from 0 without a gap.
  return vars.keys().map((_, i) => {
    const name = `${folder}/vars/${i}`;
    return reader.read(vars, String(i), name, `the weight "${name}"`);
  });
}

/** Folders directly below one that hold variables, but for the known ones. */
function foldersWithVars(
  root: Group,
  folder: string,
  known: ReadonlySet<string | undefined>,
): string[] {
  const group = root.get(folder);
  if (!isGroup(group)) return [];
  return group
    .keys()
    .filter((name) => {
      const vars = known.has(name) ? null : group.get(`${name}/vars`);
      return isGroup(vars) && vars.keys().length > 0;
    })
    .map((name) => `${folder}/${name}`);
}

function join(folder: string, part: string): string {
  return part === '' ? folder : `${folder}/${part}`;
}

/** @throws GraftError where the file holds what the model has not */
export function checkExpected({ unexpected }: StoredVars, fileName: string): void {
  if (unexpected.length > 0) {
    throw new GraftError(`${fileName} holds weights in ${unexpected[0]}, which its model has not`);
  }
}
