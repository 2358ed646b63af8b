// What keras-format does not compare with Keras: errors and config. The same of CategoryEncoding.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { categoryEncoding, GraftCategoryEncoding } from './category-encoding.js';
import { discretization, GraftDiscretization } from './discretization.js';

it('puts a value on a boundary into the bin above', () => {
  const layer = discretization({ binBoundaries: [0, 1] });
  const bins = layer.apply(tf.tensor2d([[-1, 0, 0.5, 1, 7]])) as tf.Tensor;
  expect(bins.dtype).toBe('int32');
  expect(bins).toBeCloseToTensor([[0, 1, 1, 2, 2]]);
});

it('knows one category alone', () => {
  const layer = categoryEncoding({ numTokens: 1 });
  expect(
    layer.apply(
      tf.tensor2d([
        [0, 0],
        [1, -1],
      ]),
    ) as tf.Tensor,
  ).toBeCloseToTensor([[1], [0]]);
});

it('comes back from its config', () => {
  const [a, b] = [
    discretization({ binBoundaries: [1, 2], outputMode: 'count' }),
    categoryEncoding({ numTokens: 3, outputMode: 'oneHot' }),
  ];
  expect(new GraftDiscretization(a.getConfig() as never).getConfig()).toEqual(a.getConfig());
  expect(new GraftCategoryEncoding(b.getConfig() as never).getConfig()).toEqual(b.getConfig());
});

it.each<[string, () => unknown, string]>([
  [
    'boundaries',
    () => discretization({ binBoundaries: [1, 0] }),
    'binBoundaries must be one or more numbers, ascending. Received: [1,0]',
  ],
  [
    'outputs',
    () => discretization({ binBoundaries: [1], outputMode: 'x' as never }),
    'outputMode must be one of int, oneHot, multiHot, count. Received: "x"',
  ],
  [
    'numbers',
    () => categoryEncoding({ numTokens: 0 }),
    'numTokens must be a positive integer. Received: 0',
  ],
  [
    'modes',
    () => categoryEncoding({ numTokens: 2, outputMode: 'int' as never }),
    'outputMode must be one of oneHot, multiHot, count. Received: "int"',
  ],
])('refuses other %s', (_, make, message) => {
  expect(make).toThrow(message);
});
