// Weights → bytes of a .weights.h5 file in Keras 3's layout. Knows no tfjs.

import type { Group } from 'h5wasm';
import { writeHdf5 } from './hdf5.js';
import type { KerasModel, NamedArray } from './keras-model.js';
import { findPlaces, type Place } from './var-folders.js';
import { groupAt, writeArray, writeCount } from './write-arrays.js';

/** The bytes of a file of weights, and of the optimizer's state where the model has one. */
export function writeVars({ topology, weights, training }: KerasModel): Promise<Uint8Array> {
  return writeHdf5((root) => {
    // Keras up to 3.5 wants a group for every layer, also where it is empty.
    const { layers, empty } = findPlaces(topology, 'the model');
    for (const folder of empty) groupAt(root, folder);
    for (const place of layers) writeLayer(root, place, weights);
    const { optimizer } = training ?? {};
    if (!optimizer) return;
    writeCount(root, 'optimizer/vars/0', optimizer.iterations);
    for (const [i, array] of optimizer.variables.entries()) {
      writeArray(root, `optimizer/vars/${i + 1}`, array);
    }
  });
}

function writeLayer(
  root: Group,
  { folder, path, parts }: Place,
  weights: KerasModel['weights'],
): void {
  const layer = path.join('/');
  const arrays = (weights.get(path[0] ?? '') ?? []).filter((array) => isOf(array, layer));
  const share = arrays.length / parts.length;
  for (const [i, part] of parts.entries()) {
    const vars = groupAt(root, part === '' ? `${folder}/vars` : `${folder}/${part}/vars`);
    vars.create_attribute('name', path.at(-1) ?? '');
    for (const [j, array] of arrays.slice(i * share, (i + 1) * share).entries()) {
      writeArray(vars, String(j), array);
    }
  }
}

const isOf = ({ name }: NamedArray, layer: string) => name.startsWith(`${layer}/`);
