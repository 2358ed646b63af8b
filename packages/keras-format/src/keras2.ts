// The topology of a Keras 2 file in Keras 3's terms. What is malformed is left as it is: whoever builds it will say so.

import { GraftError } from '@graftjs/core';
import { deepestNesting } from './deepest-nesting.js';
import { type Config, isRecord } from './fields.js';
import { hardSigmoidOfKeras2 } from './objects.js';

/** @param fileName what to call the file in errors */
export function upgradeTopology(topology: unknown, fileName: string): unknown {
  return upgradeLayer(topology, fileName, 0);
}

function upgradeLayer(value: unknown, fileName: string, depth: number): unknown {
  if (!isRecord(value) || typeof value.class_name !== 'string') return value;
  if (depth > deepestNesting)
    throw new GraftError(`${fileName} nests models more than ${deepestNesting} deep`);
  const isModel = value.class_name === 'Model';
  const layer: Config = { ...value, class_name: isModel ? 'Functional' : value.class_name };
  const upgrade = (inner: unknown) => upgradeLayer(inner, fileName, depth + 1);
  // Before Keras 2.3 the config of a Sequential was the list of its layers.
  const isList = layer.class_name === 'Sequential' && Array.isArray(layer.config);
  const config = isList ? { layers: layer.config } : layer.config;
  if (!isRecord(config)) return value;
  if (layer.class_name === 'Functional') return upgradeFunctional(layer, config, upgrade);
  if (layer.class_name === 'Sequential') return upgradeSequential(layer, config, upgrade);
  const className = value.class_name;
  const repeated = ofItsCell(className, config);
  const entries = Object.entries(config).flatMap(([name, setting]) =>
    repeated.has(name) ? [] : upgradeSetting(className, name, setting),
  );
  const inner = entries.map(([name, setting]) =>
    /^(.*_)?layer$|^cells?$/.test(name) ? [name, upgradeAll(setting, upgrade)] : [name, setting],
  );
  const upgraded = Object.fromEntries(inner) as Config;
  const isOneWay = className === 'Bidirectional' && upgraded.backward_layer === undefined;
  return {
    ...layer,
    class_name: renamed(className),
    config: isOneWay ? bothWays(upgraded) : upgraded,
  };
}

/** The settings of its cell that an RNN of tfjs-layers has among its own. */
function ofItsCell(className: string, { cell }: Config): Set<string> {
  const isRepeated = className === 'RNN' && isRecord(cell) && isRecord(cell.config);
  const names = isRepeated ? Object.keys(cell.config as Config) : [];
  return new Set(names.filter((name) => !['name', 'trainable', 'dtype'].includes(name)));
}

function upgradeAll(value: unknown, upgrade: Upgrade): unknown {
  return Array.isArray(value) ? value.map(upgrade) : upgrade(value);
}

/** The layer that goes backwards is the other one's like, unless it was given. */
function bothWays(config: Config): Config {
  const { layer } = config;
  if (!isRecord(layer) || !isRecord(layer.config)) return config;
  const settings = layer.config;
  const named = (prefix: string, more: object) => ({
    ...layer,
    config: { ...settings, name: `${prefix}_${String(settings.name)}`, ...more },
  });
  const backward = named('backward', { go_backwards: settings.go_backwards !== true });
  return { ...config, layer: named('forward', {}), backward_layer: backward };
}

/** x > θ ? x : 0, which is ReLU's with a threshold. */
function renamed(className: string): string {
  return className === 'ThresholdedReLU' ? 'ReLU' : className;
}

type Upgrade = (inner: unknown) => unknown;

function upgradeSequential(layer: Config, config: Config, upgrade: Upgrade): Config {
  if (!Array.isArray(config.layers)) return layer;
  const layers = config.layers as unknown[];
  return {
    ...layer,
    config: { ...config, layers: [...inputOf(layers[0]), ...layers].map(upgrade) },
  };
}

/** The input that the first layer of an old Sequential implies. */
function inputOf(first: unknown): object[] {
  if (!isRecord(first) || first.class_name === 'InputLayer' || !isRecord(first.config)) return [];
  const { batch_input_shape, dtype, name } = first.config;
  if (batch_input_shape === undefined) return [];
  const config = { batch_input_shape, dtype, name: `${String(name)}_input` };
  return [{ class_name: 'InputLayer', config }];
}

function upgradeFunctional(layer: Config, config: Config, upgrade: Upgrade): Config {
  if (!Array.isArray(config.layers)) return layer;
  const layers = (config.layers as unknown[]).map(upgrade);
  const classes = new Map(
    layers.flatMap((each) => (isRecord(each) ? [[each.name, each.class_name] as const] : [])),
  );
  // Keras 2 counts the calls of a model within a model from 1.
  const isModel = (name: unknown) => ['Functional', 'Sequential'].includes(`${classes.get(name)}`);
  const withCalls = layers.map((each) =>
    isRecord(each) && Array.isArray(each.inbound_nodes)
      ? {
          ...each,
          inbound_nodes: each.inbound_nodes.map((node) => upgradeCall(node, isModel)),
        }
      : each,
  );
  // At the ends of a model Keras 3 counts so too, but for a Sequential.
  const ends = (keys: unknown) =>
    isKey(keys)
      ? upgradeKey(keys, isSequential)
      : Array.isArray(keys)
        ? keys.map((key: unknown) => (isKey(key) ? upgradeKey(key, isSequential) : key))
        : keys;
  const isSequential = (name: unknown) => classes.get(name) === 'Sequential';
  const [input_layers, output_layers] = [ends(config.input_layers), ends(config.output_layers)];
  return { ...layer, config: { ...config, layers: withCalls, input_layers, output_layers } };
}

type Key = readonly [name: string, call: number, tensor: number, kwargs?: unknown];
type Counts = (name: unknown) => boolean;

function isKey(value: unknown): value is Key {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number';
}

function upgradeKey([name, call, tensor]: Key, countsFromOne: Counts): unknown[] {
  return [name, countsFromOne(name) ? call - 1 : call, tensor];
}

/** `[[name, call, tensor, kwargs], …]` → `{ args, kwargs }`. The first tensor carries the arguments of the call. */
function upgradeCall(node: unknown, isModel: Counts): unknown {
  if (!Array.isArray(node) || !node.every(isKey)) return node;
  const tensors = node.map((key) => ({
    class_name: '__keras_tensor__',
    config: { keras_history: upgradeKey(key, isModel) },
  }));
  const kwargs: unknown = node[0]?.[3] ?? {};
  return { args: tensors.length > 1 ? [tensors] : tensors, kwargs };
}

/** Settings whose name, form or meaning has changed. */
function upgradeSetting(className: string, name: string, value: unknown): [string, unknown][] {
  if (name === 'batch_input_shape')
    return className === 'InputLayer' ? [['batch_shape', value]] : [];
  if (name === 'implementation' || (name === 'input_length' && className === 'Embedding'))
    return [];
  // These list settings of the convolution that they are made from.
  if (/^(Separable|Depthwise)Conv|Transpose$/.test(className) && name === 'groups' && value === 1) {
    return [];
  }
  const isKernels = name.startsWith('kernel_') && name !== 'kernel_size';
  if (/^(Separable|Depthwise)Conv/.test(className) && isKernels) return [];
  if (name === 'theta' && className === 'ThresholdedReLU') return [['threshold', value]];
  if (name === 'alpha' && className === 'LeakyReLU') return [['negative_slope', value]];
  if (name === 'axis' && Array.isArray(value) && value.length === 1) return [[name, value[0]]];
  if (name.endsWith('activation')) return [[name, upgradeActivation(value)]];
  if (name.endsWith('_initializer')) return [[name, upgradeInitializer(value)]];
  return [[name, value]];
}

function upgradeActivation(value: unknown): unknown {
  if (value === 'hard_sigmoid') return hardSigmoidOfKeras2;
  return value === 'swish' ? 'silu' : value;
}

function upgradeInitializer(value: unknown): unknown {
  if (!isRecord(value) || !isRecord(value.config)) return value;
  const config = Object.fromEntries(
    Object.entries(value.config).filter(([name]) => name !== 'dtype'),
  );
  const { distribution } = config;
  const renamed = distribution === 'normal' ? { distribution: 'truncated_normal' } : {};
  return { ...value, config: { ...config, ...renamed } };
}
