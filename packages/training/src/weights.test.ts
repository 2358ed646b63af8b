// Sample weights, class weights and weighted metrics in fit and evaluate, against Keras and by hand.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Dataset, Logs } from '@graftjs/core';
import { expectNoLeak } from '@graftjs/test-utils';
import { evaluate } from './evaluate.js';
import { fit, type FitOptions } from './fit.js';
import { losses, type Loss } from './loss.js';
import { metrics } from './metric.js';

interface Trained {
  history: Record<string, number[]>;
  kernel: number[];
}
interface Training {
  x: number[];
  y: number[];
  weights: number[];
  kernel: number[];
  bias: number[];
  batchSize: number;
  epochs: number;
  learningRate: number;
  labelSmoothing: number;
  evaluation: Logs;
  sampleWeights: Trained;
  classWeight: Trained & { weights: Record<number, number> };
}

const file = new URL('../../../reference/fixtures/losses-metrics/cases.json', import.meta.url);
const { training } = JSON.parse(readFileSync(file, 'utf8')) as { training: Training };
const [features, classes] = [3, 3];
const examples = training.weights.length;

interface Parts {
  y?: tf.Tensor;
  weights?: tf.Tensor;
}

/** The fixture's examples, with other targets or weights where given. */
function dataset({ y = tf.tensor2d(training.y, [examples, classes]), weights }: Parts): Dataset {
  const x = tf.tensor2d(training.x, [examples, features]);
  const { batchSize } = training;
  return {
    examples,
    batches: Math.ceil(examples / batchSize),
    async *[Symbol.asyncIterator]() {
      for (let start = 0; start < examples; start += batchSize) {
        const rows = (tensor: tf.Tensor) =>
          tf.slice(tensor, start, Math.min(batchSize, examples - start));
        const batch = { xs: rows(x), ys: rows(y) };
        yield weights ? { ...batch, sampleWeights: rows(weights) } : batch;
      }
    },
  };
}

function makeModel(): layers.Sequential {
  const layer = layers.layers.dense({
    units: classes,
    inputShape: [features],
    activation: 'softmax',
  });
  const model = layers.sequential({ layers: [layer] });
  const kernel = tf.tensor2d(training.kernel, [features, classes]);
  model.setWeights([kernel, tf.tensor1d(training.bias)]);
  return model;
}

const smoothed: Loss = (yTrue, output) =>
  losses.categoricalCrossentropy(yTrue, output, training.labelSmoothing);
const measures = {
  loss: smoothed,
  metrics: ['accuracy'],
  weightedMetrics: [metrics.categoricalAccuracy({ name: 'weighted' }), 'auc'],
} as const;
const options = (more: Partial<FitOptions>): FitOptions => ({
  ...{ ...measures, epochs: training.epochs },
  optimizer: tf.train.sgd(training.learningRate),
  ...more,
});
const given = tf.tensor1d(training.weights);

function expectClose(actual: readonly number[], expected: readonly number[], what: string): void {
  expect(actual, what).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs((actual[i] as number) - value), what).toBeLessThan(1e-5 * Math.max(1, value));
  }
}

function expectTrained(
  model: layers.LayersModel,
  logs: Record<string, number[]>,
  { history, kernel }: Trained,
): void {
  expect(Object.keys(logs).sort()).toEqual(Object.keys(history).sort());
  for (const [name, values] of Object.entries(history)) {
    expectClose(logs[name] as number[], values, name);
  }
  expectClose(Array.from(model.getWeights()[0]?.dataSync() ?? []), kernel, 'kernel');
}

describe('as in Keras', () => {
  it('evaluate weighs the loss and the weighted metrics', async () => {
    const logs = await evaluate(makeModel(), dataset({ weights: given }), measures);
    expect(Object.keys(logs)).toEqual(['loss', 'accuracy', 'weighted', 'auc']);
    for (const [name, value] of Object.entries(training.evaluation)) {
      expectClose([logs[name] as number], [value], name);
    }
  });

  it('fit with sample weights, in training and validation', async () => {
    const model = makeModel();
    const data = dataset({ weights: given });
    const { logs } = await fit(model, data, options({ validation: data }));
    expectTrained(model, logs, training.sampleWeights);
  });

  it('fit with class weights, in training and not in validation', async () => {
    const model = makeModel();
    const data = dataset({});
    const classWeight = training.classWeight.weights;
    const { logs } = await fit(model, data, options({ classWeight, validation: data }));
    expectTrained(model, logs, training.classWeight);
  });
});

describe('classWeight', () => {
  const indices = tf.argMax(tf.tensor2d(training.y, [examples, classes]), -1);
  const kernelAfter = async (data: Dataset, classWeight?: Record<number, number>) => {
    const model = makeModel();
    await fit(model, data, {
      ...options({ loss: 'sparseCategoricalCrossentropy', weightedMetrics: [] }),
      ...(classWeight && { classWeight }),
    });
    return Array.from(model.getWeights()[0]?.dataSync() ?? []);
  };

  it.each([
    ['[batch]', indices],
    ['[batch, 1]', tf.reshape(indices, [-1, 1])],
    ['[batch], as floats', tf.cast(indices, 'float32')],
  ])('takes class indices %s', async (_, y) => {
    const weights = tf.tensor1d(Array.from(indices.dataSync(), (c) => [0.25, 1, 3][c] as number));
    const byClass = await kernelAfter(dataset({ y }), { 0: 0.25, 2: 3 });
    expectClose(byClass, await kernelAfter(dataset({ y, weights })), 'kernel');
  });

  it('leaves the classes alone that it does not name', async () => {
    const y = indices;
    expect(await kernelAfter(dataset({ y }), {})).toEqual(await kernelAfter(dataset({ y })));
  });

  it('goes without sampleWeights', async () => {
    const run = fit(makeModel(), dataset({ weights: given }), options({ classWeight: { 0: 2 } }));
    await expect(run).rejects.toThrow(
      'classWeight cannot be given where batches have sampleWeights',
    );
  });

  it.each<[Record<number, number>, string]>([
    [{ 0: -1 }, '{"0":-1}'],
    [{ [-1]: 1 }, '{"-1":1}'],
    [{ 0.5: 1 }, '{"0.5":1}'],
    [{ 1: NaN }, '{"1":null}'],
  ])('refuses %o', async (classWeight, text) => {
    await expect(fit(makeModel(), dataset({}), options({ classWeight }))).rejects.toThrow(
      `classWeight must be numbers ≥ 0 by class index. Received: ${text}`,
    );
  });

  it('refuses targets of which none is the class', async () => {
    const { layers: make } = layers;
    const model = layers.sequential({ layers: [make.reshape({ targetShape: [3, 1], inputShape: [3] })] }); // prettier-ignore
    model.add(make.dense({ units: 1 }));
    const y = tf.ones([examples, 3, 1]);
    const run = fit(model, dataset({ y }), {
      ...options({ classWeight: { 0: 2 } }),
      ...{ loss: 'meanSquaredError', metrics: [], weightedMetrics: [] },
    });
    await expect(run).rejects.toThrow(
      'ys must be [batch] or [batch, classes] where classWeight is given. Received: [8,3,1]',
    );
  });
});

describe('sampleWeights', () => {
  it('of 0 leave an example out, of any rank of losses', async () => {
    const model = layers.sequential({ layers: [layers.layers.reshape({ targetShape: [3, 1], inputShape: [3] })] }); // prettier-ignore
    const y = tf.zeros([examples, 3, 1]);
    const weights = tf.tensor1d(Array.from({ length: examples }, (_, i) => (i === 1 ? 2 : 0)));
    const { loss } = await evaluate(model, dataset({ y, weights }), { loss: 'meanSquaredError' });
    const row = training.x.slice(features, 2 * features);
    // Examples of the first batch count one by one; Keras divides by all of them.
    const sum = row.reduce((total, value) => total + value * value, 0) / features;
    expect(loss).toBeCloseTo((2 * sum) / examples, 6);
  });

  it('of another shape are refused, in fit and evaluate, and nothing leaks', async () => {
    const weights = tf.ones([examples, 1]);
    const data = dataset({ weights });
    const message = 'sampleWeights must have the shape [8]. Received: [8,1]';
    const [model, settings] = [makeModel(), options({})];
    await expectNoLeak(async () => {
      await expect(fit(model, data, settings)).rejects.toThrow(message);
      await expect(evaluate(model, data, measures)).rejects.toThrow(message);
    });
  });

  it('leak nothing', async () => {
    const model = makeModel();
    const data = dataset({ weights: given });
    const settings = options({ validation: data });
    await expectNoLeak(() => fit(model, data, settings));
  });
});
