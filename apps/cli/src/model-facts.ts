// What there is to say of a model, layer by layer.

import { isModel, type Layer } from '@graftjs/core';
import type { Resumable } from '@graftjs/keras-format';

export interface WeightFacts {
  readonly name: string;
  readonly shape: readonly number[];
  readonly mean: number;
  readonly deviation: number;
  readonly smallest: number;
  readonly largest: number;
}

export interface LayerFacts {
  /** With the names of the models around it: `encoder/dense`. */
  readonly path: string;
  readonly className: string;
  readonly outputShape: unknown;
  readonly parameters: number;
  readonly trainable: boolean;
  readonly weights: readonly WeightFacts[];
}

export interface ModelFacts {
  readonly file: string;
  readonly name: string;
  readonly parameters: number;
  /** Those of nested models in their place. */
  readonly layers: readonly LayerFacts[];
  /** Null where the file has none. */
  readonly optimizer: { readonly name: string; readonly iterations: number } | null;
  /** Why the file's optimizer could not be read. */
  readonly optimizerProblem?: string | undefined;
}

export function modelFacts(
  file: string,
  { model, optimizerState, optimizerProblem }: Resumable & { optimizerProblem?: string },
): ModelFacts {
  const layers = model.layers.flatMap((layer) => layerFacts(layer, ''));
  const optimizer = optimizerState
    ? { name: optimizerState.name, iterations: optimizerState.iterations }
    : null;
  return {
    ...{ file, name: model.name, parameters: model.countParams(), layers, optimizer },
    ...(optimizerProblem ? { optimizerProblem } : {}),
  };
}

function layerFacts(layer: Layer, above: string): LayerFacts[] {
  const path = `${above}${layer.name}`;
  if (isModel(layer)) return layer.layers.flatMap((inner) => layerFacts(inner, `${path}/`));
  return [
    {
      path,
      className: layer.getClassName(),
      outputShape: layer.outputShape,
      parameters: layer.countParams(),
      trainable: layer.trainable,
      weights: layer.weights.map((weight) => ({
        name: weight.originalName.split('/').at(-1) ?? weight.originalName,
        shape: weight.shape as number[],
        ...statistics(weight.read().dataSync()),
      })),
    },
  ];
}

function statistics(values: ArrayLike<number>) {
  const count = values.length;
  let [sum, smallest, largest] = [0, Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    sum += value;
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += ((values[i] as number) - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / count), smallest, largest };
}
