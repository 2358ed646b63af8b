// The problems of reference/fixtures/training-curves, and how a case of them is trained here; runs in Node and in a browser.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { leafLayers, type Batch, type Dataset, type StepEngine } from '@graftjs/core';
import { Adam, RMSprop, SGD, type RuleOptimizer } from '@graftjs/optimizers';
import { evaluate, fit } from '@graftjs/training';
import { freeze } from '@graftjs/transfer';

export interface OptimizerConfig {
  class_name: 'SGD' | 'Adam' | 'RMSprop';
  learning_rate: number;
  momentum?: number;
  nesterov?: boolean;
  rho?: number;
  centered?: boolean;
}
interface Measured {
  loss: number;
  accuracy: number;
}
/** What Keras found, or what was found here. */
export interface Outcome {
  losses: number[];
  accuracies: number[];
  weights: Record<string, number[]>;
  evaluation: Measured;
}
export interface Case extends Outcome {
  name: string;
  optimizer: OptimizerConfig;
  frozen: string[];
}
export interface Examples {
  examples: number;
  x: number[];
  y: number[];
}
export interface Problem {
  name: string;
  model: string;
  loss: 'sparse_categorical_crossentropy' | 'binary_crossentropy';
  batchSize: number;
  steps: number;
  features: number;
  train: Examples;
  evaluation: Examples & { before: Measured };
  cases: Case[];
  fit: {
    optimizer: OptimizerConfig;
    examples: number;
    epochs: number;
    history: Record<string, number[]>;
  };
}

/** Trains the model as a case says, and gives what Keras's fixture holds. */
export async function trainCase(
  model: LayersModel,
  problem: Problem,
  { optimizer, frozen, weights }: Case,
  { runEagerly }: { runEagerly: boolean },
): Promise<Outcome & { engine: StepEngine | undefined }> {
  freeze(leafLayers(model).flatMap(({ layer }) => (frozen.includes(layer.name) ? [layer] : [])));
  // One batch an epoch, so that the history holds the loss of each step.
  const { engine, logs } = await fit(model, oneBatchAnEpoch(problem), {
    ...{ ...measuresOf(problem), epochs: problem.steps, runEagerly },
    optimizer: makeOptimizer(optimizer),
  });
  const measured = await evaluate(model, batches(problem, problem.evaluation), measuresOf(problem));
  const values = await Promise.all(
    Object.keys(weights).map(async (path) => [path, await weightOf(model, path)] as const),
  );
  return {
    engine,
    losses: logs.loss as number[],
    accuracies: logs.accuracy as number[],
    weights: Object.fromEntries(values),
    evaluation: { loss: measured.loss as number, accuracy: measured.accuracy as number },
  };
}

export function measuresOf({ loss }: Problem) {
  const name =
    loss === 'binary_crossentropy' ? 'binaryCrossentropy' : 'sparseCategoricalCrossentropy';
  return { loss: name, metrics: ['accuracy'] } as const;
}

export function makeOptimizer(config: OptimizerConfig): RuleOptimizer {
  const { class_name, learning_rate: learningRate, ...options } = config;
  const Optimizer = { Adam, RMSprop, SGD }[class_name];
  return new Optimizer({ learningRate, ...options });
}

export function batches(problem: Problem, data: Examples, limit = data.examples): Dataset {
  const { batchSize } = problem;
  return {
    batches: Math.ceil(limit / batchSize),
    examples: limit,
    async *[Symbol.asyncIterator]() {
      for (let start = 0; start < limit; start += batchSize) {
        yield batch(problem, data, start, Math.min(batchSize, limit - start));
      }
    },
  };
}

function oneBatchAnEpoch(problem: Problem): Dataset {
  const { batchSize, train } = problem;
  let step = 0;
  return {
    batches: 1,
    examples: batchSize,
    async *[Symbol.asyncIterator]() {
      yield batch(problem, train, step++ * batchSize, batchSize);
    },
  };
}

function batch(
  { features, loss }: Problem,
  { x, y }: Examples,
  start: number,
  size: number,
): Batch {
  const labels = y.slice(start, start + size);
  return {
    xs: tf.tensor2d(x.slice(start * features, (start + size) * features), [size, features]),
    ys:
      loss === 'binary_crossentropy'
        ? tf.tensor2d(labels, [size, 1])
        : tf.tensor1d(labels, 'int32'),
  };
}

async function weightOf(model: LayersModel, path: string): Promise<number[]> {
  const [layerName, weightName] = path.split('/') as [string, string];
  const weight = model
    .getLayer(layerName)
    .weights.find(({ originalName }) => originalName.endsWith(`/${weightName}`));
  if (!weight) throw new Error(`no weight ${path}`);
  return Array.from(await weight.read().data());
}
