// Metrics over several batches, plain and weighted, against Keras's own.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { metrics, type MetricName } from './metric.js';

interface Values {
  shape: number[];
  values: number[];
}
interface MetricCase {
  name: MetricName;
  options: object;
  batches: { targets: Values; predictions: Values; weights: number[] }[];
  result: number;
  weighted: number;
}

const file = new URL('../../../reference/fixtures/losses-metrics/cases.json', import.meta.url);
const { metrics: cases } = JSON.parse(readFileSync(file, 'utf8')) as { metrics: MetricCase[] };

it('covers every metric, apart from accuracy, which is one of three', () => {
  const names = new Set<string>([...cases.map(({ name }) => name), 'accuracy']);
  expect(names).toEqual(new Set(Object.keys(metrics)));
});

describe.each(cases)('$name $options', ({ name, options, batches, result, weighted }) => {
  it.each([
    ['plain', false, result],
    ['weighted', true, weighted],
  ])('%s', (_, withWeights, expected) => {
    const metric = metrics[name](options);
    const totals = tf.tidy(() =>
      batches
        .map(({ targets, predictions, weights }) =>
          metric.sums(
            tf.tensor(targets.values, targets.shape),
            tf.tensor(predictions.values, predictions.shape),
            withWeights ? tf.tensor1d(weights) : undefined,
          ),
        )
        .reduce((sum, sums) => tf.add(sum, sums)),
    );
    const value = metric.result(Array.from(totals.dataSync()));
    expect(Math.abs(value - expected)).toBeLessThan(1e-6 * Math.max(expected, 1e-2));
  });
});
