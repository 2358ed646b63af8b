// The rows or columns, whichever are fewer, of what it makes.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { GraftOrthogonal, orthogonal } from './orthogonal.js';

it.each([
  [[5, 5], 1],
  [[4, 9], 1],
  [[9, 4], 0.5],
  [[2, 3, 4], 2],
])('makes %j with gain %d orthogonal', (shape, gain) => {
  const made = orthogonal({ gain, seed: 3 }).apply(shape);
  expect(made.shape).toEqual(shape);
  const columns = shape.at(-1) as number;
  const flat = tf.reshape(made, [-1, columns]) as tf.Tensor2D;
  const isWide = flat.shape[0] < columns;
  const products = tf.matMul(flat, flat, !isWide, isWide);
  expect(products).toBeCloseToTensor(tf.mul(tf.eye(products.shape[0] as number), gain ** 2), 1e-6);
});

it('is made again from its config, and draws by its seed', async () => {
  const config = orthogonal({ gain: 3, seed: 8 }).getConfig();
  const again = new GraftOrthogonal(config);
  expect(again.getConfig()).toEqual(config);
  expect(again.apply([3, 3])).toBeCloseToTensor(orthogonal(config).apply([3, 3]), 0);
  const [a, b] = [orthogonal().apply([3, 3]), orthogonal().apply([3, 3])];
  expect(tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]).toBeGreaterThan(1e-3);
  await expectNoLeak(() => void again.apply([2, 3]).dispose());
});
