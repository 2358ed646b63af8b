// Adam against its published formula, in float64.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import '@graftjs/test-utils';
import { Adam } from './adam.js';

it.each([{}, { beta1: 0.5, beta2: 0.9, epsilon: 1e-3 }])('with %o', (options) => {
  const { beta1, beta2, epsilon } = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, ...options };
  const start = [1, -0.5, 0];
  const w = tf.variable(tf.tensor1d(start));
  const optimizer = new Adam({ learningRate: 0.1, ...options });
  for (let t = 0; t < 25; t++) {
    tf.tidy(() => optimizer.applyGradients({ [w.name]: tf.pow(w, 3) }));
  }
  const expected = start.map((value) => {
    let [x, m, v] = [value, 0, 0];
    for (let t = 1; t <= 25; t++) {
      const g = x ** 3;
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const rate = (0.1 * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
      x -= (rate * m) / (Math.sqrt(v) + epsilon);
    }
    return x;
  });
  expect(w).toBeCloseToTensor(expected, 1e-6);
});

it('takes a first step of the rate, whatever the size of the gradient', () => {
  const w = tf.variable(tf.zeros([3]));
  new Adam({ learningRate: 0.5 }).applyGradients({ [w.name]: tf.tensor1d([1e-2, -1, 1e3]) });
  expect(w).toBeCloseToTensor([-0.5, 0.5, -0.5], 1e-3);
});
