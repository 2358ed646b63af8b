// The order of a constant's values, beside that of tfjs.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { constantFrom } from '../graph/constant.js';
import { permuted } from './permuted.js';

beforeAll(() => tf.setBackend('cpu'));

it.each([
  [
    [3, 2, 5, 37],
    [3, 2, 0, 1],
  ],
  [
    [3, 2, 5, 37],
    [2, 3, 0, 1],
  ],
  [
    [3, 2, 5, 37],
    [0, 3, 1, 2],
  ],
  [
    [2, 4, 3],
    [1, 0, 2],
  ],
  [
    [16, 33],
    [1, 0],
  ],
  [[5], [0]],
  [
    [4, 0, 3],
    [2, 0, 1],
  ],
])('%j by %j', async (shape, order) => {
  const x = tf.reshape(
    tf.range(
      0,
      shape.reduce((a, b) => a * b),
    ),
    shape,
  );
  const expected = tf.transpose(x, order);
  const found = permuted(constantFrom(x), order);
  expect(found.shape).toEqual(expected.shape);
  expect(await found.read()).toEqual(expected.dataSync());
});
