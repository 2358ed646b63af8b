import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { minimum } from './minimum.js';

const [a, b] = [tf.tensor2d([[1, 5, 2]]), tf.tensor3d([2, 5, 1, 0, 7, 3], [1, 2, 3])];

it('takes the smallest of inputs of several shapes', () => {
  expect(minimum().apply([a, b, tf.tensor2d([[4]])]) as tf.Tensor).toBeCloseToTensor([
    [
      [1, 4, 1],
      [0, 4, 2],
    ],
  ]);
});

it('gives the gradient to where the value came from', () => {
  const [da, db] = tf.grads((x: tf.Tensor, y: tf.Tensor) => minimum().apply([x, y]) as tf.Tensor)([
    a,
    b,
  ]);
  expect(da as tf.Tensor).toBeCloseToTensor([[1, 2, 1]]);
  expect(db as tf.Tensor).toBeCloseToTensor([
    [
      [0, 0, 1],
      [1, 0, 0],
    ],
  ]);
});

it('takes two inputs or more', () => {
  expect(() => minimum().apply([input({ shape: [3] })])).toThrow(
    'inputs must be two tensors or more. Received: 1',
  );
});
