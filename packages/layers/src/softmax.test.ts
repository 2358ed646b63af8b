import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { softmax, GraftSoftmax } from './softmax.js';

const x = tf.tensor3d([0.5, -1, 2, 0, 300, 301, -4, 1], [2, 2, 2]);

it.each([[-1], [1], [[1, 2]], [[-2]]])('sums to 1 along %j', (axis) => {
  const layer = new GraftSoftmax(softmax({ axis }).getConfig());
  const y = layer.apply(x) as tf.Tensor;
  const sums = tf.sum(y, axis);
  expect(sums).toBeCloseToTensor(tf.onesLike(sums), 1e-5);
  // Ratios are those of the exponentials.
  const ratio = tf.log(
    tf.div(tf.slice(y, [0, 0, 0], [1, 1, 1]), tf.slice(y, [0, 1, 1], [1, 1, 1])),
  );
  if (Array.isArray(axis) && axis.length === 2) expect(ratio).toBeCloseToTensor([[[0.5]]], 1e-5);
});

it('has the gradient y · (dy − Σ y · dy) along an inner axis', () => {
  const dy = tf.tensor3d([1, 2, -1, 0.5, 1, -2, 3, 1], [2, 2, 2]);
  const layer = softmax({ axis: 1 });
  const y = layer.apply(x) as tf.Tensor;
  const mean = tf.sum(tf.mul(y, dy), 1, true);
  const gradient = tf.grad((values) => tf.sum(tf.mul(layer.apply(values) as tf.Tensor, dy)))(x);
  expect(gradient).toBeCloseToTensor(tf.mul(y, tf.sub(dy, mean)), 1e-6);
});
