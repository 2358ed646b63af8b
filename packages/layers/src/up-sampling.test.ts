import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { upSampling1d, upSampling2d, GraftUpSampling2D, upSampling3d } from './up-sampling.js';

const flat = (x: unknown) => Array.from((x as tf.Tensor).dataSync());

it('repeats steps', () => {
  const x = tf.tensor3d([1, 2, 3, 4], [1, 2, 2]);
  const layer = upSampling1d({ size: 3 });
  expect(flat(layer.apply(x))).toEqual([1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4]);
  expect(layer.getConfig()).toMatchObject({ size: 3 });
  expect(layer.computeOutputShape([null, null, 2])).toEqual([null, null, 2]);
});

it('repeats rows and columns; the gradient sums over them', () => {
  const x = tf.tensor4d([1, 2, 3, 4], [2, 1, 2, 1]);
  const layer = upSampling2d({ size: [2, 1] });
  expect(flat(layer.apply(x))).toEqual([1, 2, 1, 2, 3, 4, 3, 4]);
  const factors = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2, 1]);
  const gradient = tf.grad((y) => tf.sum(tf.mul(layer.apply(y) as tf.Tensor, factors)))(x);
  expect(flat(gradient)).toEqual([4, 6, 12, 14]);
});

it('mixes neighbours by the distance of their centres, and the gradient flows back by it', () => {
  const x = tf.tensor4d([0, 8], [1, 1, 1, 2], 'float32');
  const layer = upSampling2d({
    size: [1, 2],
    interpolation: 'bilinear',
    dataFormat: 'channelsFirst',
  });
  const again = new GraftUpSampling2D(layer.getConfig());
  expect(flat(again.apply(x))).toEqual([0, 2, 6, 8]);
  expect(layer.computeOutputShape(x.shape)).toEqual([1, 1, 1, 4]);
  const factors = tf.tensor4d([1, 10, 100, 1000], [1, 1, 1, 4]);
  const gradient = tf.grad((y) => tf.sum(tf.mul(layer.apply(y) as tf.Tensor, factors)))(x);
  expect(flat(gradient)).toEqual([1 + 7.5 + 25, 2.5 + 75 + 1000]);
});

it('repeats planes', () => {
  const x = tf.tensor5d([1, 2], [1, 2, 1, 1, 1]);
  const layer = upSampling3d({ size: [2, 1, 2] });
  expect(flat(layer.apply(x))).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
  expect(layer.computeOutputShape(x.shape)).toEqual([1, 4, 1, 2, 1]);
});

it('refuses other factors', () => {
  expect(() => upSampling2d({ size: 0 })).toThrow(
    'size must be a positive integer, or 2 of them. Received: 0',
  );
});
