// A Keras model as plain data → bytes of a legacy Keras .h5 file. Knows no tfjs.

import type { Group } from 'h5wasm';
import { isRecord } from './fields.js';
import { writeHdf5 } from './hdf5.js';
import { writeJson } from './json.js';
import type { KerasModel, NamedArray, StoredTraining } from './keras-model.js';
import { kerasVersion } from './keras-version.js';
import { writeStringList } from './string-lists.js';
import { writeArray, writeCount } from './write-arrays.js';

/** The bytes of a whole-model file. */
export function writeH5({ topology, weights, training }: KerasModel): Promise<Uint8Array> {
  return writeHdf5((root) => {
    writeOrigin(root);
    root.create_attribute('model_config', writeJson(topology));
    const group = root.create_group('model_weights');
    writeOrigin(group);
    writeStringList(group, 'layer_names', [...weights.keys()]);
    for (const [layer, arrays] of weights) writeArrays(group.create_group(layer), arrays);
    writeArrays(group.create_group('top_level_model_weights'), []);
    if (training) writeTraining(root, training);
  });
}

function writeTraining(root: Group, { compiled, optimizer }: StoredTraining): void {
  const { optimizer: optimizer_config, ...others } = isRecord(compiled) ? compiled : {};
  root.create_attribute('training_config', writeJson({ ...others, optimizer_config }));
  if (!optimizer) return;
  const group = root.create_group('optimizer_weights');
  const names = optimizer.variables.map(({ name }) => name);
  writeStringList(group, 'weight_names', [countName, ...names]);
  writeCount(group, countName, optimizer.iterations);
  for (const array of optimizer.variables) writeArray(group, array.name, array);
}

const countName = 'iteration';

function writeOrigin(group: Group): void {
  group.create_attribute('keras_version', kerasVersion);
  group.create_attribute('backend', 'tensorflow');
}

function writeArrays(group: Group, arrays: readonly NamedArray[]): void {
  const names = arrays.map(({ name }) => name);
  writeStringList(group, 'weight_names', names);
  for (const array of arrays) writeArray(group, array.name, array);
}
