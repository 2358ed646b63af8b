// Where Keras finds the class of a layer. Knows no tfjs.

import { isRecord } from './fields.js';

/** Where Keras finds a class, if not among its layers. */
const modules: Readonly<Record<string, string>> = {
  Functional: 'keras.src.models.functional',
  Sequential: 'keras',
  CustomScaleLayer: 'keras.src.applications.inception_resnet_v2',
  LayerScale: 'keras.src.applications.convnext',
};

/** Says of every layer, also of those within others, which module it comes from. */
export function withModules(value: unknown): unknown {
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
