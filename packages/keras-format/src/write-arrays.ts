// Arrays into an HDF5 file.

import type { Group } from 'h5wasm';
import type { NamedArray } from './keras-model.js';

/** Writes an array at a path below a group. */
export function writeArray(group: Group, path: string, { shape, data }: NamedArray): void {
  const { parent, leaf } = placeOf(group, path);
  parent.create_dataset({ name: leaf, data, shape: [...shape], dtype: '<f' });
}

/** A whole number of 64 bits, as Keras counts updates. */
export function writeCount(group: Group, path: string, count: number): void {
  const { parent, leaf } = placeOf(group, path);
  const data = BigInt64Array.of(BigInt(count));
  parent.create_dataset({ name: leaf, data, shape: [], dtype: '<q' });
}

/** The group at a path below another one, made where it is missing. */
export function groupAt(group: Group, path: string): Group {
  let at = group;
  for (const name of path.split('/')) {
    at = at.keys().includes(name) ? (at.get(name) as Group) : at.create_group(name);
  }
  return at;
}

function placeOf(group: Group, path: string): { parent: Group; leaf: string } {
  const end = path.lastIndexOf('/');
  const parent = end < 0 ? group : groupAt(group, path.slice(0, end));
  return { parent, leaf: path.slice(end + 1) };
}
