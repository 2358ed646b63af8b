import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
// For the gradients that it registers.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { sparsemax } from './sparsemax.js';

const x = tf.tensor2d([
  [1, 0.5, -2],
  [3, 0, 0],
  [0.2, 0.2, 0.2],
]);

it('takes from each row what makes its positive entries sum to 1', () => {
  const third = 1 / 3;
  expect(sparsemax(x)).toBeCloseToTensor([
    [0.75, 0.25, 0],
    [1, 0, 0],
    [third, third, third],
  ]);
});

it('has the gradient of the entries that are left, less their mean', () => {
  const dy = tf.tensor2d([
    [1, 3, 5],
    [1, 2, 3],
    [1, 2, 6],
  ]);
  expect(tf.grad((values) => tf.sum(tf.mul(sparsemax(values), dy)))(x)).toBeCloseToTensor([
    [-1, 1, 0],
    [0, 0, 0],
    [-2, -1, 3],
  ]);
});
