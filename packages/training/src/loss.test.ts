import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
// Registers the gradients.
import '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '@graftjs/test-utils';
import { losses, resolveLoss, type Loss } from './loss.js';

const from = (predictions: tf.Tensor) => ({ predictions });
const behindSoftmax = (values: tf.Tensor) => ({
  predictions: tf.softmax(values),
  logits: { activation: 'softmax', values } as const,
});
const behindSigmoid = (values: tf.Tensor) => ({
  predictions: tf.sigmoid(values),
  logits: { activation: 'sigmoid', values } as const,
});

/** −Σ t·log softmax(x), and its gradient, in float64. */
function softmaxReference(x: number[], t: number[]) {
  const max = Math.max(...x);
  const log = Math.log(x.reduce((sum, v) => sum + Math.exp(v - max), 0)) + max;
  const total = t.reduce((sum, v) => sum + v, 0);
  return {
    loss: t.reduce((sum, v, i) => sum - (v === 0 ? 0 : v * ((x[i] as number) - log)), 0),
    gradient: x.map((v, i) => Math.exp(v - log) * total - (t[i] as number)),
  };
}

/** Value and gradient by the logits of a loss summed over the batch. */
function differentiate(loss: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor) {
  const { value, grad } = tf.valueAndGrad((v: tf.Tensor) => tf.sum(loss(v)))(x);
  return { value, grad };
}

describe('categoricalCrossentropy', () => {
  it('equals float64 from logits, with soft labels, and so does its gradient', () => {
    const vector = (min: number, max: number) =>
      fc.array(fc.double({ min, max, noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(vector(-30, 30), vector(0, 1), (x, t) => {
        tf.tidy(() => {
          const [xs, ts] = [tf.tensor2d([x]), tf.tensor2d([t])];
          const { value, grad } = differentiate(
            (v) => losses.categoricalCrossentropy(ts, behindSoftmax(v)),
            xs,
          );
          const expected = softmaxReference(Array.from(xs.dataSync()), Array.from(ts.dataSync()));
          expect(value).toBeCloseToTensor(expected.loss, 1e-5);
          expect(grad).toBeCloseToTensor([expected.gradient], 1e-5);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('is exact for logits of ±1000', () => {
    const x = tf.tensor2d([
      [1000, -1000],
      [1000, -1000],
      [-1000, 1000],
    ]);
    const t = tf.tensor2d([
      [1, 0],
      [0, 1],
      [0.5, 0.5],
    ]);
    expect(losses.categoricalCrossentropy(t, behindSoftmax(x))).toBeCloseToTensor([0, 2000, 1000]);
    const { grad } = differentiate((v) => losses.categoricalCrossentropy(t, behindSoftmax(v)), x);
    expect(grad).toBeCloseToTensor([
      [0, 0],
      [1, -1],
      [-0.5, 0.5],
    ]);
  });

  it('normalises and clips probabilities, as Keras does', () => {
    const p = tf.tensor2d([
      [0.2, 0.6],
      [0, 1],
    ]);
    const t = tf.tensor2d([
      [1, 0],
      [1, 0],
    ]);
    expect(losses.categoricalCrossentropy(t, from(p))).toBeCloseToTensor([
      -Math.log(0.25),
      -Math.log(1e-7),
    ]);
  });

  it('does not take a sigmoid for a softmax', () => {
    const x = tf.tensor2d([[0, 0]]);
    const t = tf.tensor2d([[1, 0]]);
    expect(losses.categoricalCrossentropy(t, behindSigmoid(x))).toBeCloseToTensor([Math.log(2)]);
  });
});

describe('sparseCategoricalCrossentropy', () => {
  const x = tf.tensor2d([
    [1, 2, 3],
    [0, 0, 0],
  ]);
  const expected = [softmaxReference([1, 2, 3], [1, 0, 0]).loss, Math.log(3)];

  it.each([tf.tensor1d([0, 2]), tf.tensor1d([0, 2], 'int32'), tf.tensor2d([[0], [2]])])(
    'takes class indices of %s',
    (y) => {
      expect(losses.sparseCategoricalCrossentropy(y, behindSoftmax(x))).toBeCloseToTensor(expected);
      expect(losses.sparseCategoricalCrossentropy(y, from(tf.softmax(x)))).toBeCloseToTensor(
        expected,
      );
    },
  );

  it('takes one index for each pixel', () => {
    const predictions = tf.fill([2, 4, 5, 3], 1 / 3);
    const y = tf.zeros([2, 4, 5], 'int32');
    const loss = losses.sparseCategoricalCrossentropy(y, from(predictions));
    expect(loss).toBeCloseToTensor(tf.fill([2, 4, 5], Math.log(3)));
  });

  it.each([3, -1])('gives NaN for %i, which is no class, and only there', (index) => {
    const loss = losses.sparseCategoricalCrossentropy(tf.tensor1d([index, 2]), behindSoftmax(x));
    expect(loss).toBeCloseToTensor([NaN, Math.log(3)]);
  });
});

describe('binaryCrossentropy', () => {
  it('equals float64 from logits, and so does its gradient, also for ±1000', () => {
    const x = tf.tensor2d([[-1000], [1000], [1000], [-1000], [0.3], [-2]]);
    const t = tf.tensor1d([0, 1, 0, 1, 0.25, 1]);
    const { value, grad } = differentiate((v) => losses.binaryCrossentropy(t, behindSigmoid(v)), x);
    const soft = 0.25 * Math.log1p(Math.exp(-0.3)) + 0.75 * Math.log1p(Math.exp(0.3));
    expect(value).toBeCloseToTensor(2000 + soft + Math.log1p(Math.exp(2)));
    const sigmoid = (v: number) => 1 / (1 + Math.exp(-v));
    expect(grad).toBeCloseToTensor([[0], [0], [1], [-1], [sigmoid(0.3) - 0.25], [sigmoid(-2) - 1]]);
  });

  it('clips probabilities, and means over outputs', () => {
    const p = tf.tensor2d([[0, 0.5]]);
    const t = tf.tensor2d([[1, 0]]);
    const expected = (-Math.log(1e-7) + Math.log(2)) / 2;
    expect(losses.binaryCrossentropy(t, from(p))).toBeCloseToTensor([expected]);
  });
});

it('meanSquaredError means over the last axis', () => {
  const p = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  const t = tf.tensor2d(
    [
      [0, 0],
      [3, 2],
    ],
    [2, 2],
    'int32',
  );
  expect(losses.meanSquaredError(t, from(p))).toBeCloseToTensor([2.5, 2]);
});

describe('targets that do not fit', () => {
  const three = tf.ones([2, 3]);
  it.each<[string, Loss, tf.Tensor, string]>([
    [
      'sparse',
      losses.sparseCategoricalCrossentropy,
      tf.ones([2, 3]),
      '[2] or [2,1] for this loss. Received: [2,3]',
    ],
    [
      'categorical',
      losses.categoricalCrossentropy,
      tf.ones([2]),
      '[2,3] for this loss. Received: [2]',
    ],
    // Would broadcast.
    [
      'categorical',
      losses.categoricalCrossentropy,
      tf.ones([3]),
      '[2,3] for this loss. Received: [3]',
    ],
    ['binary', losses.binaryCrossentropy, tf.ones([2]), '[2,3] for this loss. Received: [2]'],
    [
      'squared error',
      losses.meanSquaredError,
      tf.ones([3, 2]),
      '[2,3] for this loss. Received: [3,2]',
    ],
  ])('%s: an error that gives the shapes', (_, loss, y, text) => {
    expect(() => loss(y, from(three))).toThrow(`ys must have the shape ${text}`);
  });
});

describe('resolveLoss', () => {
  it('takes names and functions', () => {
    for (const [name, loss] of Object.entries(losses)) expect(resolveLoss(name)).toBe(loss);
    const own: Loss = (y) => y;
    expect(resolveLoss(own)).toBe(own);
  });

  it.each([
    ['toString', '"toString"'],
    [undefined, 'undefined'],
    [['meanSquaredError'], '["meanSquaredError"]'],
  ])('refuses %s', (loss, text) => {
    const names = Object.keys(losses).join(', ');
    expect(() => resolveLoss(loss)).toThrow(
      `loss must be a function or one of ${names}. Received: ${text}`,
    );
  });
});
