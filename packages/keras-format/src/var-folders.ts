// Where Keras 3 keeps weights in .keras and .weights.h5 files: a folder for each layer, counted by class. Knows no tfjs.

import { GraftError } from '@graftjs/core';
import { type Config, isRecord } from './fields.js';
import { snakeCase } from './snake-case.js';

/** A layer that may hold weights. */
export interface Place {
  /** `layers/functional/layers/dense_1` */
  readonly folder: string;
  /** Names of the models that it is in, from the outermost one's layer on, and its own. */
  readonly path: readonly string[];
  /** Folders in its folder that hold its weights, each the same number of them; its own folder is `''`. */
  readonly parts: readonly string[];
}

/** A model, or a model within it: the folder that holds its layers. */
interface Container {
  readonly folder: string;
  /** The names of its layers' folders. */
  readonly children: ReadonlySet<string>;
}

export interface Places {
  readonly layers: readonly Place[];
  readonly containers: readonly Container[];
}

/** A model of this many models within models was made by nobody in earnest. */
const deepest = 20;

/** Layers made of others, whose folders hold the weights, in the order in which the layer lists them. */
const fixedParts: Readonly<Record<string, readonly string[]>> = {
  SimpleRNN: ['cell'],
  LSTM: ['cell'],
  GRU: ['cell'],
  ConvLSTM2D: ['cell'],
  Bidirectional: ['forward_layer/cell', 'backward_layer/cell'],
  TimeDistributed: ['layer'],
};

function partsOf(className: string, config: Config): readonly string[] {
  const gate = config.use_gate === true ? ['_gate_dense'] : [];
  if (className === 'MultiHeadAttention') {
    return ['query_dense', 'key_dense', ...gate, 'value_dense', 'output_dense'];
  }
  if (className === 'GroupQueryAttention') {
    return ['_query_dense', '_key_dense', ...gate, '_value_dense', '_output_dense'];
  }
  return (Object.hasOwn(fixedParts, className) ? fixedParts[className] : undefined) ?? [''];
}

/**
 * The places of all layers of a model.
 *
 * @throws GraftError when the topology is none
 */
export function findPlaces(topology: unknown, fileName: string): Places {
  const layers: Place[] = [];
  const containers: Container[] = [];
  const visit = (model: unknown, folder: string, path: readonly string[]) => {
    const config = isRecord(model) && isRecord(model.config) ? model.config : {};
    if (!Array.isArray(config.layers) || path.length > deepest) {
      throw new GraftError(`${fileName} holds a model without layers, or one nested too deep`);
    }
    const counts = new Map<string, number>();
    for (const layer of config.layers as unknown[]) {
      if (!isRecord(layer) || typeof layer.class_name !== 'string' || !isRecord(layer.config)) {
        throw new GraftError(`${fileName} holds a layer without class_name and config`);
      }
      // The package of a class that its author registered is no part of its name.
      const className = layer.class_name.replace(/^.*>/, '');
      const base = snakeCase(className);
      const count = counts.get(base) ?? 0;
      counts.set(base, count + 1);
      const at = `${folder}layers/${base}${count > 0 ? `_${count}` : ''}`;
      const here = [...path, String(layer.config.name ?? layer.name)];
      if (Array.isArray(layer.config.layers)) visit(layer, `${at}/`, here);
      else {
        layers.push({ folder: at, path: here, parts: partsOf(className, layer.config) });
      }
    }
    const children = [...counts].flatMap(([base, count]) =>
      Array.from({ length: count }, (_, i) => (i > 0 ? `${base}_${i}` : base)),
    );
    containers.push({ folder: `${folder}layers`, children: new Set(children) });
  };
  visit(topology, '', []);
  return { layers, containers };
}
