// Training equals Keras's step by step: BatchNormalization (trained and frozen), L2, max-norm, on every way a step runs.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-node-gpu';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import { leafLayers, type Batch, type Dataset } from '@graftjs/core';
import { loadModel } from '@graftjs/keras-format/node';
import { Adam, SGD } from '@graftjs/optimizers';
import { evaluate, fit } from '@graftjs/training';
import { freeze } from '@graftjs/transfer';

/** The error that 20 steps in float32 may gather, relative to the largest value compared. */
const TOLERANCE = 1e-5;

interface OptimizerConfig {
  class_name: 'SGD' | 'Adam';
  learning_rate: number;
  momentum?: number;
  nesterov?: boolean;
}
interface Measured {
  loss: number;
  accuracy: number;
}
interface Case {
  name: string;
  optimizer: OptimizerConfig;
  frozen: string[];
  losses: number[];
  accuracies: number[];
  weights: Record<string, number[]>;
  evaluation: Measured;
}
interface Problem {
  name: string;
  model: string;
  loss: 'sparse_categorical_crossentropy' | 'binary_crossentropy';
  batchSize: number;
  steps: number;
  features: number;
  train: { examples: number; x: number[]; y: number[] };
  evaluation: { examples: number; x: number[]; y: number[]; before: Measured };
  cases: Case[];
  fit: {
    optimizer: OptimizerConfig;
    examples: number;
    epochs: number;
    history: Record<string, number[]>;
  };
}

const folder = fileURLToPath(new URL('../../reference/fixtures/training-curves/', import.meta.url));
const { problems } = JSON.parse(readFileSync(`${folder}cases.json`, 'utf8')) as {
  problems: Problem[];
};

beforeAll(() => registerNodeBackend());

const ways = [
  { way: 'op by op on cpu', backend: 'cpu', runEagerly: true },
  { way: 'op by op on TensorFlow', backend: 'tensorflow', runEagerly: true },
  { way: 'as a TensorFlow graph', backend: 'tensorflow', runEagerly: false },
];

describe.each(ways)('$way', ({ backend, runEagerly }) => {
  beforeAll(async () => void (await tf.setBackend(backend)));

  describe.each(problems)('$name', (problem) => {
    const loss = camelCase(problem.loss);
    const measures = { loss, metrics: ['accuracy'] } as const;

    it.each(problem.cases)(
      '$name: losses, weights and evaluation are those of Keras',
      async (c) => {
        const model = await loadModel(folder + problem.model);
        freeze(
          leafLayers(model).flatMap(({ layer }) => (c.frozen.includes(layer.name) ? [layer] : [])),
        );
        // One batch an epoch, so that the history holds the loss of each step.
        const { engine, logs } = await fit(model, oneBatchAnEpoch(problem), {
          ...{ ...measures, epochs: problem.steps, runEagerly },
          optimizer: makeOptimizer(c.optimizer),
        });
        expect(engine?.name).toBe(runEagerly ? 'eager' : 'graph');
        expectClose('losses', logs.loss as number[], c.losses);
        expectClose('accuracies', logs.accuracy as number[], c.accuracies);
        for (const [name, values] of Object.entries(c.weights)) {
          // A bias may happen to come to rest near 0, where its own size says nothing.
          expectClose(name, weightOf(model, name), values, 0.1);
        }
        const measured = await evaluate(model, batches(problem, problem.evaluation), measures);
        expectClose('evaluation', [measured.loss as number], [c.evaluation.loss]);
        expect(measured.accuracy).toBeCloseTo(c.evaluation.accuracy, 6);
      },
    );

    it('the history of fit, with a smaller last batch and validation, is that of Keras', async () => {
      const model = await loadModel(folder + problem.model);
      const { examples, epochs, history, optimizer } = problem.fit;
      const before = await evaluate(model, batches(problem, problem.evaluation), measures);
      expectClose('before', [before.loss as number], [problem.evaluation.before.loss]);
      const { logs } = await fit(model, batches(problem, problem.train, examples), {
        ...{ ...measures, epochs, runEagerly },
        optimizer: makeOptimizer(optimizer),
        validation: batches(problem, problem.evaluation),
      });
      for (const [name, values] of Object.entries(history)) {
        expectClose(name, logs[name] as number[], values);
      }
    });
  });
});

function makeOptimizer({ class_name, learning_rate: learningRate, ...options }: OptimizerConfig) {
  return class_name === 'Adam' ? new Adam({ learningRate }) : new SGD({ learningRate, ...options });
}

interface Examples {
  examples: number;
  x: number[];
  y: number[];
}

function batches(problem: Problem, data: Examples, limit = data.examples): Dataset {
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

function weightOf(model: LayersModel, path: string): number[] {
  const [layerName, weightName] = path.split('/') as [string, string];
  const weight = model
    .getLayer(layerName)
    .weights.find(({ originalName }) => originalName.endsWith(`/${weightName}`));
  if (!weight) throw new Error(`no weight ${path}`);
  return Array.from(weight.read().dataSync());
}

function camelCase(name: Problem['loss']) {
  return name === 'binary_crossentropy' ? 'binaryCrossentropy' : 'sparseCategoricalCrossentropy';
}

function expectClose(
  what: string,
  actual: readonly number[],
  expected: readonly number[],
  smallestScale = 0,
): void {
  expect(actual, what).toHaveLength(expected.length);
  const scale = Math.max(smallestScale, ...expected.map(Math.abs));
  const worst = Math.max(...expected.map((value, i) => Math.abs((actual[i] as number) - value)));
  expect(worst / scale, `${what}: largest error relative to the largest value`).toBeLessThan(
    TOLERANCE,
  );
}
