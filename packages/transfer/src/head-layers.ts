// The usual head as a list of layers: pooling, dense layers, dropout, a classifier.

import * as layers from '@tensorflow/tfjs-layers';
import { invalidArgument, type Layer } from '@graftjs/core';

const poolings = ['avg', 'max', 'flatten'] as const;
const activations = ['softmax', 'sigmoid', 'linear'] as const;

/** A head in the words of Keras. */
export interface HeadOptions {
  /** Number of outputs; one output is the probability of the second of two classes. */
  readonly classes: number;
  /**
   * How features with height and width, or length, become one list: their mean, their largest, or all of them. Default `avg`;
   * features that are a list already stay as they are.
   */
  readonly pooling?: (typeof poolings)[number];
  /** Units of dense layers with ReLU before the classifier. Default none. */
  readonly hidden?: number | readonly number[];
  /** Share of the values that training drops: after each hidden layer, else before the classifier. Default 0. */
  readonly dropout?: number;
  /** Default: `softmax`, for one output `sigmoid`; `linear` for logits. */
  readonly activation?: (typeof activations)[number];
  /** An integer from which weights and dropout follow. Default: new ones each time. */
  readonly seed?: number;
}

/**
 * @param features shape of what the base gives, the batch included
 * @param taken names that the layers must not have
 * @throws GraftError for an option that is none, or features that cannot be pooled
 */
export function headLayers(
  features: readonly (number | null)[],
  taken: ReadonlySet<string>,
  options: HeadOptions,
): Layer[] {
  const { classes, dropout = 0, seed } = options;
  const { activation = classes === 1 ? 'sigmoid' : 'softmax' } = options;
  const hidden = typeof options.hidden === 'number' ? [options.hidden] : (options.hidden ?? []);
  checkCount('classes', classes);
  for (const units of hidden) checkCount('hidden', units);
  if (!(dropout >= 0 && dropout < 1))
    throw invalidArgument('dropout', 'a number from 0 to below 1', dropout);
  if (!activations.includes(activation))
    throw invalidArgument('activation', activations.join(', '), activation);
  if (seed !== undefined && !Number.isSafeInteger(seed))
    throw invalidArgument('seed', 'an integer', seed);

  const names = new Set(taken);
  const named = (wanted: string): string => {
    let name = wanted;
    for (let i = 1; names.has(name); i++) name = `${wanted}_${i}`;
    names.add(name);
    return name;
  };
  let drawn = 0;
  // Layers with one seed would begin, or drop, alike.
  const seeded = () => (seed === undefined ? {} : { seed: seed + drawn++ });
  const dense = (units: number, activation: string, name: string) =>
    layers.layers.dense({
      ...{ units, activation: activation as 'relu', name: named(name) },
      kernelInitializer: layers.initializers.glorotUniform(seeded()),
    });
  const drop = () =>
    dropout === 0
      ? []
      : [layers.layers.dropout({ rate: dropout, name: named('head_dropout'), ...seeded() })];
  return [
    ...poolingLayers(features, options.pooling, named),
    ...hidden.flatMap((units) => [dense(units, 'relu', 'head_dense'), ...drop()]),
    ...(hidden.length === 0 ? drop() : []),
    dense(classes, activation, 'predictions'),
  ];
}

function poolingLayers(
  { length: rank }: readonly unknown[],
  pooling: HeadOptions['pooling'],
  named: (name: string) => string,
): Layer[] {
  if (pooling !== undefined && !poolings.includes(pooling))
    throw invalidArgument('pooling', poolings.join(', '), pooling);
  if (rank === 2) {
    if (pooling === undefined) return [];
    throw invalidArgument('pooling', 'left out where features are one list already', pooling);
  }
  const name = named('head_pooling');
  if (pooling === 'flatten') return [layers.layers.flatten({ name })];
  const { globalAveragePooling1d, globalAveragePooling2d } = layers.layers;
  const { globalMaxPooling1d, globalMaxPooling2d } = layers.layers;
  if (rank === 3)
    return [(pooling === 'max' ? globalMaxPooling1d : globalAveragePooling1d)({ name })];
  if (rank === 4)
    return [(pooling === 'max' ? globalMaxPooling2d : globalAveragePooling2d)({ name })];
  throw invalidArgument('base', 'one whose features have 2 to 4 axes, the batch included', rank);
}

function checkCount(argument: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value > 0))
    throw invalidArgument(argument, 'a positive integer', value);
}
