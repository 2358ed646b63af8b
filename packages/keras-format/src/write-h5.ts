// A Keras model as plain data → bytes of a legacy Keras .h5 file. Knows no tfjs.

import type { Group } from 'h5wasm';
import { writeHdf5 } from './hdf5.js';
import type { KerasModel, NamedArray } from './keras-model.js';
import { writeStringList } from './string-lists.js';

/** The version whose layout is followed; readers choose their dialect by it. */
const kerasVersion = '3.15.1';

/** The bytes of a whole-model file without training state. */
export function writeH5({ topology, weights }: KerasModel): Promise<Uint8Array> {
  return writeHdf5((root) => {
    writeOrigin(root);
    root.create_attribute('model_config', JSON.stringify(topology));
    const group = root.create_group('model_weights');
    writeOrigin(group);
    writeStringList(group, 'layer_names', [...weights.keys()]);
    for (const [layer, arrays] of weights) writeArrays(group.create_group(layer), arrays);
    writeArrays(group.create_group('top_level_model_weights'), []);
  });
}

function writeOrigin(group: Group): void {
  group.create_attribute('keras_version', kerasVersion);
  group.create_attribute('backend', 'tensorflow');
}

function writeArrays(group: Group, arrays: readonly NamedArray[]): void {
  const names = arrays.map(({ name }) => name);
  writeStringList(group, 'weight_names', names);
  for (const { name, shape, data } of arrays) {
    const folders = name.split('/');
    const leaf = folders.pop() ?? name;
    groupAt(group, folders).create_dataset({ name: leaf, data, shape: [...shape], dtype: '<f' });
  }
}

/** The group at a path below another one, made where it is missing. */
function groupAt(group: Group, folders: readonly string[]): Group {
  let at = group;
  for (const folder of folders) {
    at = at.keys().includes(folder) ? (at.get(folder) as Group) : at.create_group(folder);
  }
  return at;
}
