import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { subtract } from './subtract.js';

it('subtracts the second from the first', () => {
  const [a, b] = [tf.tensor2d([[5, 7]]), tf.tensor2d([[1, 10]])];
  expect(subtract().apply([a, b]) as tf.Tensor).toBeCloseToTensor([[4, -3]]);
});

it('repeats what is of length 1 or missing', () => {
  const a = tf.tensor3d([1, 2, 3, 4], [1, 2, 2]);
  const b = tf.tensor2d([[1, 0]]);
  expect(subtract().apply([b, a]) as tf.Tensor).toBeCloseToTensor([
    [
      [0, -2],
      [-2, -4],
    ],
  ]);
  const symbolic = subtract().apply([input({ shape: [3, 1] }), input({ shape: [1, 5] })]);
  expect((symbolic as SymbolicTensor).shape).toEqual([null, 3, 5]);
});

it('takes two inputs', () => {
  expect(() => subtract().apply([input({ shape: [3] })])).toThrow(
    'inputs must be two tensors. Received: 1',
  );
});
