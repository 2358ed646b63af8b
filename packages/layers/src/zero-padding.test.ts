import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { graftZeroPadding1D, graftZeroPadding3D, GraftZeroPadding3D } from './zero-padding.js';

it('pads sequences', () => {
  const x = tf.tensor3d([[[1], [2]]]);
  const values = (layer: ReturnType<typeof graftZeroPadding1D>) =>
    Array.from((layer.apply(x) as tf.Tensor).dataSync());
  expect(values(graftZeroPadding1D())).toEqual([0, 1, 2, 0]);
  expect(values(graftZeroPadding1D({ padding: [2, 0] }))).toEqual([0, 0, 1, 2]);
  const first = graftZeroPadding1D({ padding: [1, 0], dataFormat: 'channelsFirst' });
  expect(first.apply(x) as tf.Tensor).toBeCloseToTensor([
    [
      [0, 1],
      [0, 2],
    ],
  ]);
  expect(first.getConfig()).toMatchObject({ padding: [1, 0], dataFormat: 'channelsFirst' });
  expect(graftZeroPadding1D({ padding: [2, 1] }).computeOutputShape([null, null, 4])).toEqual([
    null,
    null,
    4,
  ]);
});

it('pads volumes, and its gradient is the middle', () => {
  const x = tf.ones([1, 1, 2, 1, 3]);
  const layer = graftZeroPadding3D({
    padding: [
      [1, 0],
      [0, 2],
      [1, 1],
    ],
  });
  const y = new GraftZeroPadding3D(layer.getConfig()).apply(x) as tf.Tensor;
  expect(y.shape).toEqual([1, 2, 4, 3, 3]);
  expect(layer.computeOutputShape([null, 1, 2, 1, 3])).toEqual([null, 2, 4, 3, 3]);
  expect(tf.sum(y).dataSync()[0]).toBe(6);
  expect(tf.slice(y, [0, 1, 0, 1, 0], [1, 1, 2, 1, 3])).toBeCloseToTensor(x);
  const factors = tf.reshape(tf.range(0, y.size), y.shape);
  const gradient = tf.grad((z) => tf.sum(tf.mul(layer.apply(z) as tf.Tensor, factors)))(x);
  expect(gradient).toBeCloseToTensor(tf.slice(factors, [0, 1, 0, 1, 0], [1, 1, 2, 1, 3]));
});

it('refuses other lengths', () => {
  expect(() => graftZeroPadding3D({ padding: -1 })).toThrow(
    'padding must be an integer ≥ 0, or for each of 3 dimensions one or a pair of them. Received: -1',
  );
  expect(() => graftZeroPadding3D({ padding: [[1, 2]] })).toThrow(/^padding must be/);
});
