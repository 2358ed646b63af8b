// Keras's penalties and gradients; that it trains as in Keras stands in integration/src/orthogonal-regularizer.test.ts.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { formulaTensor } from '@graftjs/test-utils/formula-weights';
import {
  GraftOrthogonalRegularizer,
  orthogonalRegularizer,
  type OrthogonalRegularizerArgs,
} from './orthogonal-regularizer.js';
import { orthogonal } from './orthogonal.js';

interface Case {
  shape: [number, number];
  config: OrthogonalRegularizerArgs;
  value: number;
  gradient: number[];
}

const file = new URL('../../../reference/fixtures/regularizers/orthogonal.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };
const valueOf = (regularizer: GraftOrthogonalRegularizer, x: tf.Tensor) =>
  regularizer.apply(x).dataSync()[0] as number;

describe('orthogonalRegularizer', () => {
  it.each(cases)('is that of Keras: $shape, $config', ({ shape, config, value, gradient }) => {
    const matrix = formulaTensor(shape.join('x'), shape, [-1, 1]);
    const regularizer = orthogonalRegularizer(config);
    const made = tf.valueAndGrad((x) => regularizer.apply(x))(matrix);
    expect(made.value).toBeCloseToTensor(tf.scalar(value), 1e-6);
    expect(made.grad).toBeCloseToTensor(tf.tensor2d(gradient, shape), 1e-6);
  });

  it.each(['rows', 'columns'] as const)('is 0 where the %s are orthogonal', (mode) => {
    const matrix = orthogonal({ seed: 2 }).apply(mode === 'rows' ? [3, 5] : [5, 3]);
    expect(valueOf(orthogonalRegularizer({ factor: 1, mode }), matrix)).toBeLessThan(1e-6);
    expect(valueOf(orthogonalRegularizer({ factor: 1, mode }), tf.ones([4, 4]))).toBeCloseTo(1, 6);
  });

  it('does not depend on the lengths of the vectors, and is at most its factor', () => {
    const matrix = formulaTensor('lengths', [4, 3], [-1, 1]);
    const regularizer = orthogonalRegularizer({ factor: 0.5 });
    const expected = valueOf(regularizer, matrix);
    expect(expected).toBeGreaterThan(0);
    expect(expected).toBeLessThanOrEqual(0.5);
    const scaled = tf.mul(matrix, tf.tensor2d([0.01, 100, -3, 1], [4, 1]));
    expect(Math.abs(valueOf(regularizer, scaled) - expected)).toBeLessThan(1e-6);
  });

  it('has finite gradients for a row of zeros, and no penalty for a single row', () => {
    const gradient = tf.grad((x) => orthogonalRegularizer().apply(x));
    const zeros = gradient(tf.tensor2d([0, 0, 1, 2, 3, 4], [3, 2]));
    expect(tf.all(tf.isFinite(zeros)).dataSync()[0]).toBe(1);
    expect(valueOf(orthogonalRegularizer(), tf.ones([1, 3]))).toBe(0);
  });

  it('is made again from its config, with the layer too, and leaks nothing', async () => {
    const regularizer = orthogonalRegularizer({ factor: 3, mode: 'columns' });
    expect(new GraftOrthogonalRegularizer(regularizer.getConfig()).getConfig()).toEqual({
      factor: 3,
      mode: 'columns',
    });
    const layer = layers.dense({ units: 2, kernelRegularizer: regularizer });
    const again = layers.dense(layer.getConfig() as unknown as { units: number });
    expect(again.getConfig()).toEqual(layer.getConfig());
    const matrix = tf.ones([2, 3]);
    await expectNoLeak(() => void regularizer.apply(matrix).dispose());
  });

  it('refuses what it cannot take', () => {
    expect(() => orthogonalRegularizer({ factor: -1 })).toThrow(
      'factor must be a finite number ≥ 0. Received: -1',
    );
    expect(() => orthogonalRegularizer({ mode: 'both' as 'rows' })).toThrow(
      "mode must be 'rows' or 'columns'. Received: \"both\"",
    );
    expect(() => orthogonalRegularizer().apply(tf.zeros([3, 3, 1, 2]))).toThrow(
      'orthogonalRegularizer takes a matrix. Received: a weight of shape [3,3,1,2]',
    );
  });
});
