// A Keras model as plain data → bytes of a Keras 3 .keras file. Knows no tfjs.

import { isRecord } from './fields.js';
import { writeJson } from './json.js';
import type { KerasModel } from './keras-model.js';
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

/** Where Keras finds a class, if not among its layers. */
const modules: Readonly<Record<string, string>> = {
  Functional: 'keras.src.models.functional',
  Sequential: 'keras',
  CustomScaleLayer: 'keras.src.applications.inception_resnet_v2',
  LayerScale: 'keras.src.applications.convnext',
};

/** Says of every layer, also of those within others, which module it comes from. */
function withModules(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withModules);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withModules(inner)]);
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  const { class_name: name } = value;
  const isLayer =
    typeof name === 'string' && isRecord(value.config) && !('module' in value) && !/^__/.test(name);
  if (!isLayer) return copy;
  const module = Object.hasOwn(modules, name) ? modules[name] : 'keras.layers';
  return { module, registered_name: null, ...copy };
}
