// A Keras model as plain data → bytes of a Keras 3 .keras file. Knows no tfjs.

import { writeJson } from './json.js';
import type { KerasModel } from './keras-model.js';
import { withModules } from './keras-modules.js';
import { kerasVersion } from './keras-version.js';
import { configEntry, metadataEntry, weightsEntry } from './read-keras.js';
import { writeVars } from './write-vars.js';
import { writeZip } from './zip.js';

/** The bytes of a whole-model file. */
export async function writeKeras(model: KerasModel): Promise<Uint8Array> {
  const text = (value: unknown) => new TextEncoder().encode(writeJson(value));
  const topology = withModules(model.topology) as object;
  const { compiled } = model.training ?? {};
  return writeZip({
    [metadataEntry]: text({ keras_version: kerasVersion }),
    [configEntry]: text({
      ...topology,
      ...(compiled !== undefined && { compile_config: compiled }),
    }),
    [weightsEntry]: await writeVars(model),
  });
}
