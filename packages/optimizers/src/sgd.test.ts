// Gradient descent against its published formula, in float64.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import '@graftjs/test-utils';
import { SGD } from './sgd.js';

/** Gradients of f(w) = w⁴/4 for a few weights, 25 steps at a rate that falls. */
function descend(step: (w: number, gradient: number, m: number, rate: number) => [number, number]) {
  return [1, -0.5, 0].map((start) => {
    let [w, m] = [start, 0];
    for (let t = 0; t < 25; t++) [w, m] = step(w, w ** 3, m, 0.2 / (1 + t));
    return w;
  });
}

it.each<[object, Parameters<typeof descend>[0]]>([
  [{}, (w, g, m, rate) => [w - rate * g, m]],
  [
    { momentum: 0.9 },
    (w, g, m, rate) => {
      const next = 0.9 * m - rate * g;
      return [w + next, next];
    },
  ],
  [
    { momentum: 0.9, nesterov: true },
    (w, g, m, rate) => {
      const next = 0.9 * m - rate * g;
      return [w + 0.9 * next - rate * g, next];
    },
  ],
])('with %o', (options, formula) => {
  const w = tf.variable(tf.tensor1d([1, -0.5, 0]));
  const optimizer = new SGD({ learningRate: (t) => 0.2 / (1 + t), ...options });
  for (let t = 0; t < 25; t++) {
    tf.tidy(() => optimizer.applyGradients({ [w.name]: tf.pow(w, 3) }));
  }
  expect(w).toBeCloseToTensor(descend(formula), 1e-6);
});
