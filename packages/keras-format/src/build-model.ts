// A Keras model as plain data → a LayersModel of tfjs-layers.

import { GraftError, invalidArgument, isGraftError } from '@graftjs/core';
import {
  type LayerVariable,
  LayersModel,
  model as functional,
  type Sequential,
  sequential,
} from '@tensorflow/tfjs-layers';
import { readCalls, readCallSettings, readKeys } from './calls.js';
import { deepestNesting } from './deepest-nesting.js';
import { type Config, flag, fromKeras, isRecord } from './fields.js';
import { innerFieldsOf, ownCellOf } from './inner-layers.js';
import type { KerasLayer, KerasModel } from './keras-model.js';
import { type Layer, layerClass } from './layers/index.js';
import { refusal } from './layers/refused.js';
import { loadWeights } from './load-weights.js';
import { camelCase } from './snake-case.js';
import { withoutMasks } from './mask-ops.js';
import { type WeightScope, weightScope } from './weight-scope.js';
import { Wiring } from './wiring.js';

/** What holds while a file is read. */
interface Reading {
  readonly fileName: string;
  /** The variables made so far. */
  readonly made: LayerVariable[];
  /** The names of the models and layers within the outermost model that what is read now is in. */
  readonly path: readonly string[];
}

/**
 * Builds the model with its weights. Layers have the names that they have in the file, and are frozen if they were.
 *
 * @param fileName what to call the file in errors
 * @throws GraftError when a layer or setting is not supported, or when model and weights do not fit
 */
export function buildModel({ topology, weights }: KerasModel, fileName: string): LayersModel {
  const made: LayerVariable[] = [];
  const { scope, checkAllOwned } = weightScope(weights, fileName);
  try {
    const model = makeModel(
      checkObject(topology, fileName),
      scope,
      { fileName, made, path: [] },
      0,
    );
    checkAllOwned();
    return model;
  } catch (error) {
    for (const variable of made) variable.dispose();
    if (isGraftError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new GraftError(`${fileName} holds a model that cannot be built: ${reason}`, {
      cause: error,
    });
  }
}

function makeModel(
  object: KerasLayer,
  weights: WeightScope,
  reading: Reading,
  depth: number,
): LayersModel {
  const { class_name: className, config } = object;
  const where = describe(object, reading);
  if (depth > deepestNesting)
    throw new GraftError(`${where} is nested more than ${deepestNesting} models deep`);
  if (!Array.isArray(config.layers)) {
    throw invalidArgument(`layers of ${where}`, 'a list', config.layers);
  }
  const objects = config.layers.map((layer: unknown) => checkObject(layer, reading.fileName));
  const name = nameOf(object, reading);
  const within = depth > 0 ? inside(reading, name) : reading;
  const layers = withoutMasks(objects, where).map((inner) => {
    return { object: inner, layer: makeLayer(inner, weights, within, depth + 1) };
  });
  if (className === 'Functional') return makeFunctional(name, config, layers, where);
  if (className === 'Sequential') {
    const chain = layers.map(({ layer }) => layer);
    return makeSequential(name, config, chain, where);
  }
  throw new GraftError(`${where} is not supported: a model must be Sequential or Functional`);
}

function makeFunctional(
  name: string,
  config: Config,
  layers: readonly { object: KerasLayer; layer: Layer }[],
  where: string,
): LayersModel {
  const wiring = new Wiring(where);
  for (const { object, layer } of layers) {
    const at = `layer "${layer.name}" (${object.class_name}) of ${where}`;
    wiring.add(layer, readCalls(object.inbound_nodes, at, layerClass(object.class_name) ?? {}));
  }
  wiring.run();
  const isFunctional = (layer: string) =>
    layers.some(({ object }) => object.class_name === 'Functional' && nameIn(object) === layer);
  const ends = (field: string) =>
    readKeys(config[field], `${field} of ${where}`).map((key) => {
      // At the ends of a model, and only there, Keras counts the calls of a Functional model from 1.
      const call = isFunctional(key.layer) ? key.call - 1 : key.call;
      return wiring.tensor({ ...key, call });
    });
  const model = functional({ inputs: ends('input_layers'), outputs: ends('output_layers'), name });
  if (isFrozen(config, where)) model.trainable = false;
  return model;
}

function makeSequential(
  name: string,
  config: Config,
  [first, start, ...others]: readonly Layer[],
  where: string,
): Sequential {
  const input = first?.getClassName() === 'InputLayer' ? first.inboundNodes[0] : undefined;
  if (!input || !start) {
    throw new GraftError(`${where} must start with an InputLayer and have another layer`);
  }
  // As in Keras, the input keeps its name and is not one of the layers. A model at the start brings its own input.
  if (!(start instanceof LayersModel)) start.apply(input.outputTensors);
  const model = sequential({ name, layers: [start, ...others] });
  if (isFrozen(config, where)) model.trainable = false;
  model.build();
  return model;
}

function makeLayer(
  object: KerasLayer,
  weights: WeightScope,
  reading: Reading,
  depth: number,
): Layer {
  const { class_name: className, config } = object;
  const name = nameOf(object, reading);
  if (className === 'Functional' || className === 'Sequential') {
    return makeModel(object, weights.ofModel(name), reading, depth);
  }
  const where = describe(object, reading);
  const known = layerClass(className);
  if (!known) throw new GraftError(`${where} is not supported${refusal(className)}`);
  const isInput = className === 'InputLayer';
  if (!isInput) checkPrecision(config.dtype, where);
  const inner = makeInner(object, weights, reading, depth);
  const common = isInput ? ['name', 'trainable'] : ['name', 'trainable', 'dtype'];
  const own = Object.entries(config).filter(([key]) => !common.includes(key) && !inner.has(key));
  const args = fromKeras(known.fields, Object.fromEntries(own), where);
  const { settings = {} } = known.call ?? {};
  const set = known.call ? readCallSettings(object.inbound_nodes, where, known.call) : {};
  const ofCalls = fromKeras(settings, set, `a call of ${where}`);
  const within = [...inner.values()].flat();
  const made = Object.fromEntries([...inner].map(([field, layer]) => [camelCase(field), layer]));
  // What Keras 3 makes of other layers trains where they do, whatever it has been told itself.
  const trainable = !isFrozen(config, where) || within.some((each) => each.trainable);
  const layer = known.make({ ...args, ...ofCalls, ...made, name, trainable });
  if (within.length === 0) {
    const holder =
      ownCellOf(className) === undefined ? layer : (Reflect.get(layer, 'cell') as Layer);
    loadWeights(holder, weights.ofLayer(name), where, reading.made);
  }
  return layer;
}

/** The layers that a layer is made of, by the field of its config. */
function makeInner(
  object: KerasLayer,
  weights: WeightScope,
  reading: Reading,
  depth: number,
): Map<string, Layer | Layer[]> {
  const fields = innerFieldsOf(object.class_name);
  if (fields.length > 0 && depth > deepestNesting) {
    throw new GraftError(
      `${describe(object, reading)} is nested more than ${deepestNesting} layers deep`,
    );
  }
  const { config } = object;
  const scope = weights.ofModel(nameOf(object, reading), fields.length === 1);
  const within = inside(reading, nameOf(object, reading));
  const make = (value: unknown) =>
    makeLayer(checkObject(value, reading.fileName), scope, within, depth + 1);
  return new Map(
    fields.map(({ field }) => {
      const value = config[field];
      return [field, Array.isArray(value) ? value.map(make) : make(value)];
    }),
  );
}

function checkObject(value: unknown, fileName: string): KerasLayer {
  if (!isRecord(value) || typeof value.class_name !== 'string' || !isRecord(value.config)) {
    throw invalidArgument(`a layer in ${fileName}`, 'an object with class_name and config', value);
  }
  return value as unknown as KerasLayer;
}

/** tfjs computes in float32; another precision would give other predictions without a word. */
function checkPrecision(dtype: unknown, where: string): void {
  const policy = isRecord(dtype) && isRecord(dtype.config) ? dtype.config.name : dtype;
  if (policy !== undefined && policy !== 'float32') {
    throw invalidArgument(`dtype of ${where}`, '"float32"', policy);
  }
}

function isFrozen({ trainable }: Config, where: string): boolean {
  return flag.fromKeras(trainable, `trainable of ${where}`) === false;
}

function nameOf(object: KerasLayer, { fileName }: Reading): string {
  const name = nameIn(object);
  if (typeof name === 'string' && name !== '') return name;
  throw invalidArgument(`name of a ${object.class_name} layer in ${fileName}`, 'a text', name);
}

function nameIn({ config, name }: KerasLayer): unknown {
  return config.name ?? name;
}

function inside(reading: Reading, name: string): Reading {
  return { ...reading, path: [...reading.path, name] };
}

function describe(object: KerasLayer, { fileName, path }: Reading): string {
  const kind = Array.isArray(object.config.layers) ? 'model' : 'layer';
  return `${kind} "${[...path, String(nameIn(object))].join('/')}" (${object.class_name}) in ${fileName}`;
}
