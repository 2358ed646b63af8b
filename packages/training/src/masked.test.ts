// Masks in losses and metrics against Keras: logs of each step of SGD, the weights after them, an evaluation.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { expectNoLeak, tensorDataset } from '@graftjs/test-utils';
import { evaluate } from './evaluate.js';
import { fit } from './fit.js';
import type { LossName } from './loss.js';
import type { MetricName } from './metric.js';

interface Case {
  loss: string;
  units: number;
  activation: 'softmax' | 'sigmoid' | 'tanh';
  kernel: number[];
  y: { shape: number[]; values: number[] };
  steps: Record<string, number>[];
  weights: [number[], number[]];
  evaluation: Record<string, number>;
}

const url = new URL('../../../reference/fixtures/masks/cases.json', import.meta.url);
const fixture = JSON.parse(readFileSync(url, 'utf8')) as {
  shape: [number, number, number];
  x: number[];
  batchSize: number;
  cases: Case[];
};
const camelCase = (name: string) =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A Dense layer whose output has a mask, as behind a Masking. */
function modelOf({ units, activation, kernel }: Case): LayersModel {
  const dense = layers.dense({
    units,
    activation,
    inputShape: fixture.shape.slice(1),
  });
  const apply = dense.apply.bind(dense);
  dense.apply = (inputs, kwargs) => {
    const outputs = apply(inputs, kwargs);
    const [x] = [inputs].flat();
    if (x instanceof tf.Tensor) {
      (outputs as tf.Tensor).kerasMask = tf.keep(tf.tidy(() => tf.any(tf.notEqual(x, 0), -1)));
    }
    return outputs;
  };
  const model = sequential({ layers: [dense] });
  const features = fixture.shape[2];
  model.setWeights([tf.tensor2d(kernel, [features, units]), tf.zeros([units])]);
  return model;
}

const logNames = (logs: Record<string, number>) =>
  Object.keys(logs).filter((name) => name !== 'loss') as MetricName[];

describe.each(fixture.cases)('a mask with $loss', (each) => {
  const loss = camelCase(each.loss) as LossName;
  const { batchSize } = fixture;
  const xs = tf.tensor3d(fixture.x, fixture.shape);
  const ys = tf.tensor(each.y.values, each.y.shape);

  it('counts in training as in Keras', async () => {
    const model = modelOf(each);
    const optimizer = tf.train.sgd(0.5);
    for (const [i, expected] of each.steps.entries()) {
      const start = i * batchSize;
      const size = Math.min(batchSize, fixture.shape[0] - start);
      const batch = tensorDataset(tf.slice(xs, start, size), tf.slice(ys, start, size), size);
      const metrics = logNames(expected);
      const { logs } = await fit(model, batch, { optimizer, loss, metrics, epochs: 1 });
      for (const [name, value] of Object.entries(expected)) {
        expect(logs[name]?.[0], name).toBeCloseTo(value, 5);
      }
    }
    for (const [i, weight] of model.getWeights().entries()) {
      for (const [j, value] of weight.dataSync().entries()) {
        expect(value).toBeCloseTo(each.weights[i]?.[j] as number, 5);
      }
    }
  });

  it('counts in an evaluation as in Keras, and is not left behind', async () => {
    const model = modelOf(each);
    model.setWeights([
      tf.tensor2d(each.weights[0], [fixture.shape[2], each.units]),
      tf.tensor1d(each.weights[1]),
    ]);
    const data = tensorDataset(xs, ys, batchSize);
    const metrics = logNames(each.evaluation);
    await expectNoLeak(async () => {
      const logs = await evaluate(model, data, { loss, metrics });
      for (const [name, value] of Object.entries(each.evaluation)) {
        expect(logs[name], name).toBeCloseTo(value, 5);
      }
    });
  });
});

it('refuses a loss or metric that has no value for each step', async () => {
  const model = modelOf(fixture.cases[0] as Case);
  const data = tensorDataset(tf.ones([2, 4, 3]), tf.zeros([2, 4]), 2);
  const whole = (yTrue: tf.Tensor) => tf.mean(yTrue, -1);
  await expect(evaluate(model, data, { loss: whole })).rejects.toThrow(
    'loss must give a value for each step of the mask of the output, [2,4]. Received: [2]',
  );
  const loss = 'sparseCategoricalCrossentropy';
  await expect(evaluate(model, data, { loss, metrics: [whole] })).rejects.toThrow(
    'metric whole must give a value for each step of the mask of the output, [2,4]. Received: [2]',
  );
});
