// A LayersModel of tfjs-layers → a Keras model as plain data.

import { GraftError, invalidArgument } from '@graftjs/core';
import { LayersModel, Sequential } from '@tensorflow/tfjs-layers';
import { CallGraph } from './call-graph.js';
import { collectWeights } from './collect-weights.js';
import { type Config, toKeras } from './fields.js';
import { innerFieldsOf } from './inner-layers.js';
import type { KerasLayer, KerasModel } from './keras-model.js';
import { withModules } from './keras-modules.js';
import { kerasClassName, type Layer, layerClass } from './layers/index.js';
import { layersOf } from './layers-of.js';

/**
 * What Keras would write for this model.
 *
 * @throws GraftError when a layer or setting is not supported
 */
export async function describeModel(model: LayersModel): Promise<KerasModel<KerasLayer>> {
  return { topology: describeTopology(model), weights: await collectWeights(model) };
}

/** The part of it that holds no weights. */
export function describeTopology(model: LayersModel): KerasLayer {
  if (!(model instanceof LayersModel)) throw invalidArgument('model', 'a LayersModel', model);
  return describeContainer(model, true);
}

/** @param trainable whether the models around this one are; what a frozen model holds is frozen */
function describeContainer(model: LayersModel, around: boolean): KerasLayer {
  const trainable = around && model.trainable;
  const head = { name: model.name, trainable };
  if (model instanceof Sequential) {
    const layers = [inputOf(model), ...layersOf(model)];
    const config = { ...head, layers: layers.map((layer) => describeLayer(layer, trainable)) };
    return { class_name: 'Sequential', config };
  }
  const graph = new CallGraph(model);
  const layers = graph.layers.map((layer) => ({
    ...describeLayer(layer, trainable),
    name: layer.name,
    inbound_nodes: graph.describeCalls(layer),
  }));
  const [input_layers, output_layers] = [model.inputs, model.outputs].map((tensors) => {
    const keys = tensors.map((tensor) => graph.describeEnd(tensor));
    return keys.length === 1 ? keys[0] : keys;
  });
  return { class_name: 'Functional', config: { ...head, layers, input_layers, output_layers } };
}

function inputOf(model: Sequential): Layer {
  const [input] = model.inputs;
  if (input) return input.sourceLayer;
  throw invalidArgument('model', 'built, which takes an input shape', `Sequential "${model.name}"`);
}

function describeLayer(layer: Layer, around: boolean): KerasLayer {
  const className = layer.getClassName();
  const where = `layer "${layer.name}" (${className})`;
  if (layer.name.includes('/')) {
    throw invalidArgument(
      `name of ${where}`,
      'without "/", which Keras does not allow',
      layer.name,
    );
  }
  if (layer instanceof LayersModel) return describeContainer(layer, around);
  const kerasName = kerasClassName(className);
  const known = layerClass(kerasName);
  if (!known) throw new GraftError(`${where} cannot be written: its class is not supported`);
  const settings = toKeras(known.fields, known.configOf(layer), where);
  const { name } = layer;
  if (className === 'InputLayer') return { class_name: kerasName, config: { ...settings, name } };
  const trainable = known.takesTrainable && { trainable: around && layer.trainable };
  const inner = describeInner(layer, kerasName, around && layer.trainable);
  const config: Config = { name, ...trainable, dtype: 'float32', ...settings, ...inner };
  const module = known.module ?? (dropsAxis(config.axis) ? 'keras.layers' : undefined);
  const origin = module !== undefined && { module, registered_name: null };
  return { class_name: kerasName, config, ...origin };
}

/** Where it reads an .h5 file, Keras loses an axis that is not one number, unless the layer says where its class is from. */
function dropsAxis(axis: unknown): boolean {
  return axis !== undefined && typeof axis !== 'number';
}

/** The layers that a layer is made of, by field. */
function describeInner(layer: Layer, kerasName: string, trainable: boolean): Config {
  const described = innerFieldsOf(kerasName).map(({ field, property }) => {
    const inner = Reflect.get(layer, property) as Layer | readonly Layer[];
    // In .h5 files, too, Keras 3 makes them as it makes those of .keras files.
    const describe = (each: Layer) => withModules(describeLayer(each, trainable));
    return [field, isList(inner) ? inner.map(describe) : describe(inner)];
  });
  return Object.fromEntries(described) as Config;
}

const isList = (layers: Layer | readonly Layer[]): layers is readonly Layer[] =>
  Array.isArray(layers);
