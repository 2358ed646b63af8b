// Losses and their gradients against Keras's own.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
// Registers the gradients.
import '@tensorflow/tfjs-layers';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import '@graftjs/test-utils';
import { losses, type LossName } from './loss.js';

interface Values {
  shape: number[];
  values: number[];
}
interface LossCase {
  name: LossName;
  options: Record<string, number>;
  targets: Values;
  predictions: Values;
  values: number[];
  gradient: number[];
}

const file = new URL('../../../reference/fixtures/losses-metrics/cases.json', import.meta.url);
const { losses: cases } = JSON.parse(readFileSync(file, 'utf8')) as { losses: LossCase[] };

/** Some losses take a third argument. */
type AnyLoss = (...args: [...Parameters<(typeof losses)[LossName]>, ...number[]]) => tf.Tensor;

it('covers every loss', () => {
  expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(Object.keys(losses)));
});

describe.each(cases)(
  '$name $options',
  ({ name, options, targets, predictions, values, gradient }) => {
    it('has the value and the gradient that Keras finds', () => {
      const y = tf.tensor(targets.values, targets.shape);
      const loss = (p: tf.Tensor) =>
        (losses[name] as AnyLoss)(y, { predictions: p }, ...Object.values(options));
      const p = tf.tensor(predictions.values, predictions.shape);
      expect(loss(p)).toBeCloseToTensor(values, 1e-6);
      const { grad } = tf.valueAndGrad((x: tf.Tensor) => tf.sum(loss(x)))(p);
      expect(tf.reshape(grad, [-1])).toBeCloseToTensor(gradient, 1e-6);
    });
  },
);

describe('at 0, where an absolute value has no gradient', () => {
  it.each(['meanAbsoluteError', 'huber'] as const)('%s takes 0, as Keras does', (name) => {
    const y = tf.tensor2d([[2]]);
    const { grad } = tf.valueAndGrad((p: tf.Tensor) => tf.sum(losses[name](y, { predictions: p })))(
      tf.tensor2d([[2]]),
    );
    expect(grad).toBeCloseToTensor([[0]]);
  });
});

describe('labelSmoothing', () => {
  const x = tf.tensor2d([[30, -20]]);
  const t = tf.tensor2d([[1, 0]]);

  it('also works on logits', () => {
    const softmax = {
      predictions: tf.softmax(x),
      logits: { activation: 'softmax', values: x },
    } as const;
    expect(losses.categoricalCrossentropy(t, softmax, 0.1)).toBeCloseToTensor([0.05 * 50]);
    const sigmoid = {
      predictions: tf.sigmoid(x),
      logits: { activation: 'sigmoid', values: x },
    } as const;
    expect(losses.binaryCrossentropy(t, sigmoid, 0.1)).toBeCloseToTensor([
      (0.05 * 30 + 0.05 * 20) / 2,
    ]);
  });

  it.each([-0.1, 1.5, NaN])('refuses %d', (amount) => {
    expect(() => losses.categoricalCrossentropy(t, { predictions: t }, amount)).toThrow(
      `labelSmoothing must be a number in [0, 1]. Received: ${amount}`,
    );
  });
});

describe('targets that do not fit', () => {
  const predictions = tf.ones([2, 3]);
  it.each(['klDivergence', 'categoricalHinge', 'hinge', 'poisson', 'logCosh'] as const)(
    '%s: an error that gives the shapes',
    (name) => {
      expect(() => losses[name](tf.ones([2]), { predictions })).toThrow(
        'ys must have the shape [2,3] for this loss. Received: [2]',
      );
    },
  );
});
