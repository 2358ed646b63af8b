import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { zeroPadding1d, zeroPadding3d, GraftZeroPadding3D } from './zero-padding.js';

it('pads sequences', () => {
  const x = tf.tensor3d([[[1], [2]]]);
  const values = (layer: ReturnType<typeof zeroPadding1d>) =>
    Array.from((layer.apply(x) as tf.Tensor).dataSync());
  expect(values(zeroPadding1d())).toEqual([0, 1, 2, 0]);
  expect(values(zeroPadding1d({ padding: [2, 0] }))).toEqual([0, 0, 1, 2]);
  const first = zeroPadding1d({ padding: [1, 0], dataFormat: 'channelsFirst' });
  expect(first.apply(x) as tf.Tensor).toBeCloseToTensor([
    [
      [0, 1],
      [0, 2],
    ],
  ]);
  expect(first.getConfig()).toMatchObject({ padding: [1, 0], dataFormat: 'channelsFirst' });
  expect(zeroPadding1d({ padding: [2, 1] }).computeOutputShape([null, null, 4])).toEqual([
    null,
    null,
    4,
  ]);
});

it('pads volumes, and its gradient is the middle', () => {
  const x = tf.ones([1, 1, 2, 1, 3]);
  const layer = zeroPadding3d({
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
  expect(() => zeroPadding3d({ padding: -1 })).toThrow(
    'padding must be an integer ≥ 0, or for each of 3 dimensions one or a pair of them. Received: -1',
  );
  expect(() => zeroPadding3d({ padding: [[1, 2]] })).toThrow(/^padding must be/);
});
