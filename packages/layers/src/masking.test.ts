import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { GraftMasking, masking } from './masking.js';

const x = tf.tensor3d([-1, -1, -1, 2, 0, 0], [1, 3, 2]);

it('makes 0 of steps that are masked, and says which', () => {
  const layer = new GraftMasking(masking({ maskValue: -1 }).getConfig());
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor([
    [
      [0, 0],
      [-1, 2],
      [0, 0],
    ],
  ]);
  expect(layer.computeMask(x)).toBeCloseToTensor([[0, 1, 1]]);
  expect(masking().computeMask(x)).toBeCloseToTensor([[1, 1, 0]]);
});

it('passes the gradient of the others', () => {
  const gradient = tf.grad((y) => masking({ maskValue: -1 }).apply(y) as tf.Tensor)(x);
  expect(gradient).toBeCloseToTensor([
    [
      [0, 0],
      [1, 1],
      [1, 1],
    ],
  ]);
});
