// The metrics on batches written by hand, their names, and their errors; keras-metrics.test.ts has Keras's numbers.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import type { Metric, MetricFunction } from './metric-contract.js';
import { checkNames, metrics, resolveMetric, type MetricLike } from './metric.js';

const measure = (metric: Metric, ys: tf.Tensor, predictions: tf.Tensor, weights?: tf.Tensor) =>
  metric.result(Array.from(tf.tidy(() => metric.sums(ys, predictions, weights)).dataSync()));

describe('accuracy', () => {
  const scores = tf.tensor2d([
    [0.1, 0.9, 0],
    [0.5, 0.2, 0.3],
  ]);

  it.each<[string, tf.Tensor]>([
    ['class indices', tf.tensor1d([1, 2])],
    ['class indices [batch, 1]', tf.tensor2d([[1], [2]], [2, 1], 'int32')],
    [
      'one-hot targets',
      tf.tensor2d([
        [0, 1, 0],
        [0, 0, 1],
      ]),
    ],
    [
      'soft targets',
      tf.tensor2d([
        [0.2, 0.7, 0.1],
        [0.1, 0.1, 0.8],
      ]),
    ],
  ])('compares the largest output with %s', (_, targets) => {
    expect(measure(metrics.accuracy(), targets, scores)).toBe(0.5);
    expect(measure(metrics.accuracy(), targets, scores, tf.tensor1d([3, 1]))).toBe(0.75);
  });

  it('compares one output with 0.5, which itself counts as 0', () => {
    const p = tf.tensor2d([[0.51], [0.5], [0.2], [0.9]]);
    const weights = tf.tensor1d([1, 2, 4, 8]);
    const accuracy = metrics.accuracy();
    expect(measure(accuracy, tf.tensor1d([1, 0, 1, 0]), p, weights)).toBeCloseTo(3 / 15, 6);
    expect(measure(accuracy, tf.tensor2d([[1], [0], [1], [0]]), p, weights)).toBeCloseTo(3 / 15, 6);
  });

  it('means over the pixels of an example', () => {
    const p = tf.tensor4d([0.9, 0.1, 0.9, 0.9], [1, 2, 2, 1]);
    expect(measure(metrics.accuracy(), tf.ones([1, 2, 2]), p)).toBe(0.75);
  });
});

describe('top k', () => {
  const scores = tf.tensor2d([[0.1, 0.3, 0.3, 0.2]]);
  it.each([
    [1, 1, 1],
    [2, 1, 1],
    [3, 2, 0],
    [3, 3, 1],
    [0, 3, 0],
    [4, 4, 0],
    [-1, 4, 0],
  ])('class %i among the best %i: %i', (index, k, hit) => {
    const metric = metrics.sparseTopKCategoricalAccuracy({ k });
    expect(measure(metric, tf.tensor1d([index]), scores)).toBe(hit);
  });

  it('takes an output that is no number for no hit', () => {
    const broken = tf.tensor2d([[NaN, 0.3, 0.3, 0.2]]);
    const metric = metrics.sparseTopKCategoricalAccuracy({ k: 4 });
    expect(measure(metric, tf.tensor1d([1]), broken)).toBe(0);
  });
});

describe('auc', () => {
  const ys = tf.tensor1d([0, 0, 1, 1]);

  it.each([
    ['a perfect order', [[0.1], [0.2], [0.8], [0.9]], 1],
    ['the reverse', [[0.8], [0.9], [0.1], [0.2]], 0],
    ['no order', [[0.5], [0.5], [0.5], [0.5]], 0.5],
    ['one pair of four wrong', [[0.1], [0.6], [0.4], [0.9]], 0.75],
  ])('of %s', (_, p, area) => {
    expect(measure(metrics.auc(), ys, tf.tensor2d(p))).toBeCloseTo(area, 6);
  });

  it('is 0 where one kind is missing, as in Keras', () => {
    expect(measure(metrics.auc(), tf.ones([2]), tf.tensor2d([[0.1], [0.9]]))).toBe(0);
    expect(measure(metrics.auc({ curve: 'PR' }), tf.zeros([1]), tf.tensor2d([[0.5]]))).toBe(0);
  });
});

it('sums as many values as it says, and leaks nothing', async () => {
  const [sparse, oneHot, p] = [tf.tensor1d([0, 1]), tf.eye(2), tf.ones([2, 2])];
  for (const [name, make] of Object.entries(metrics)) {
    const metric = make();
    const ys = name.startsWith('sparse') ? sparse : oneHot;
    await expectNoLeak(() => {
      const sums = tf.tidy(() => metric.sums(ys, p));
      expect(sums.shape).toEqual([metric.size]);
      sums.dispose();
    });
  }
});

describe('refuses', () => {
  it.each<[string, () => unknown, string]>([
    [
      'k',
      () => metrics.topKCategoricalAccuracy({ k: 0 }),
      'k must be a positive integer. Received: 0',
    ],
    [
      'curve',
      () => metrics.auc({ curve: 'X' as 'PR' }),
      'curve must be "ROC" or "PR". Received: "X"',
    ],
    ['numThresholds', () => metrics.auc({ numThresholds: 1 }), 'numThresholds must be an integer ≥ 2. Received: 1'], // prettier-ignore
    [
      'threshold',
      () => metrics.recall({ threshold: NaN }),
      'threshold must be a number. Received: NaN',
    ],
    ['classIndex', () => metrics.recall({ classIndex: -1 }), 'classIndex must be an integer ≥ 0. Received: -1'], // prettier-ignore
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });

  it("a function's value that is not one for each example", () => {
    const scalar = resolveMetric(function mean(y) {
      return tf.mean(y);
    });
    expect(() => scalar.sums(tf.ones([2, 1]), tf.ones([2, 1]))).toThrow(
      'metric mean must give a value for each example, [2] or [2, …]. Received: []',
    );
  });

  it.each(Object.keys(metrics) as (keyof typeof metrics)[])(
    'targets that do not fit %s',
    (name) => {
      const sums = () => metrics[name]().sums(tf.ones([3, 2]), tf.ones([2, 3]));
      expect(sums).toThrow(/^ys must have the shape \[2.* for this metric. Received: \[3,2\]$/);
    },
  );
});

describe('names', () => {
  const own: MetricFunction = (y) => y;

  it('are those of the metric, of its settings, or of a function', () => {
    const list: MetricLike[] = ['auc', metrics.auc({ name: 'pr' }), own];
    expect(list.map((metric) => resolveMetric(metric).name)).toEqual(['auc', 'pr', 'own']);
  });

  it.each(['AUC', 'toString', undefined, null, 3])('are refused where unknown: %s', (name) => {
    expect(() => resolveMetric(name as never)).toThrow(
      `metrics must be functions, metrics or of ${Object.keys(metrics).join(', ')}. Received: `,
    );
  });

  it.each<[string, MetricLike[]]>([
    ['[""]', [(y) => y]],
    ['["loss"]', [metrics.auc({ name: 'loss' })]],
    ['["own","own"]', [own, own]],
  ])('are refused where the logs could not tell them apart: %s', (text, list) => {
    expect(() => checkNames(list.map(resolveMetric))).toThrow(
      `metrics must be named each in its own way, and not "loss" or "learning_rate". Received: ${text}`,
    );
  });
});
