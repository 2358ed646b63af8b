// What there is to say of a model, layer by layer.

import { isModel, type Layer } from '@graftjs/core';
import type { ModelContent } from '@graftjs/keras-format/node';
import { statistics, type Statistics } from './statistics.js';

export interface WeightFacts extends Statistics {
  readonly name: string;
  readonly shape: readonly number[];
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
  { model, optimizerState, problem }: Omit<ModelContent, 'kind'>,
): ModelFacts {
  const layers = model.layers.flatMap((layer) => layerFacts(layer, ''));
  const optimizer = optimizerState
    ? { name: optimizerState.name, iterations: optimizerState.iterations }
    : null;
  return {
    ...{ file, name: model.name, parameters: model.countParams(), layers, optimizer },
    ...(problem === undefined ? {} : { optimizerProblem: problem }),
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
