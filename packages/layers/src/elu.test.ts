import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { elu, GraftELU } from './elu.js';

const x = tf.tensor1d([-2, -0.5, 0.5]);

it.each([1, 0.3])('computes alpha = %d, and its slope', (alpha) => {
  const layer = new GraftELU(elu({ alpha }).getConfig());
  const below = [-2, -0.5];
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor(
    [...below.map((value) => alpha * Math.expm1(value)), 0.5],
    1e-6,
  );
  expect(tf.grad((y) => layer.apply(y) as tf.Tensor)(x)).toBeCloseToTensor(
    [...below.map((value) => alpha * Math.exp(value)), 1],
    1e-6,
  );
});
