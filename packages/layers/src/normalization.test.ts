import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { normalization, GraftNormalization } from './normalization.js';

const x = tf.tensor2d([
  [1, 10],
  [3, 30],
]);

it('takes mean and variance as given, and undoes it', () => {
  const given = { mean: [1, 10], variance: [4, 100] };
  const layer = new GraftNormalization(normalization(given).getConfig() as never);
  const y = layer.apply(x) as tf.Tensor;
  expect(y).toBeCloseToTensor([
    [0, 0],
    [1, 2],
  ]);
  expect(normalization({ ...given, invert: true }).apply(y) as tf.Tensor).toBeCloseToTensor(x);
  expect(layer.weights).toHaveLength(0);
  expect(() => layer.adapt(x)).toThrow(/^data must be none where mean and variance are given/);
});

it('passes its input until it is adapted', () => {
  const layer = normalization();
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor(x);
  const before = tf.memory().numTensors;
  layer.adapt(x);
  expect(tf.memory().numTensors).toBe(before);
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor([
    [-1, -1],
    [1, 1],
  ]);
  expect(layer.trainableWeights).toHaveLength(0);
  const names = layer.weights.map(({ originalName }) => originalName.split('/')[1]);
  expect(names).toEqual(['mean', 'variance', 'count']);
});

it('has values for several axes, or one for all', () => {
  const images = tf.reshape(tf.range(0, 8), [2, 2, 2]);
  const both = normalization({ axis: [2, 1] });
  both.adapt(images);
  expect(both.apply(images) as tf.Tensor).toBeCloseToTensor([
    [
      [-1, -1],
      [-1, -1],
    ],
    [
      [1, 1],
      [1, 1],
    ],
  ]);
  const all = normalization({ axis: null });
  all.adapt(images);
  const { mean, variance } = tf.moments(all.apply(images) as tf.Tensor);
  expect(mean).toBeCloseToTensor(0);
  expect(variance).toBeCloseToTensor(1, 1e-5);
});

it('wants both or neither', () => {
  expect(() => normalization({ mean: 1 })).toThrow(
    'variance must be given with mean. Received: null',
  );
});
