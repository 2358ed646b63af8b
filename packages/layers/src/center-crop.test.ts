import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { centerCrop, GraftCenterCrop } from './center-crop.js';

const flat = (x: unknown) => Array.from((x as tf.Tensor).dataSync());
const image = tf.reshape(tf.range(1, 13), [1, 3, 4, 1]);

it('cuts the middle, the upper left one of two', () => {
  const layer = new GraftCenterCrop(centerCrop({ height: 2, width: 2 }).getConfig() as never);
  expect(flat(layer.apply(image))).toEqual([2, 3, 6, 7]);
  expect(flat(tf.grad((x) => layer.apply(x) as tf.Tensor)(image))).toEqual([
    0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0,
  ]);
});

it('resizes the middle of an image that is too small', () => {
  const layer = centerCrop({ height: 1, width: 8, dataFormat: 'channelsFirst' });
  const x = tf.tensor4d([0, 8, 16, 24], [1, 1, 1, 4]);
  expect(flat(layer.apply(x))).toEqual([0, 2, 6, 10, 14, 18, 22, 24]);
  expect(layer.computeOutputShape(x.shape)).toEqual([1, 1, 1, 8]);
});

it('refuses other lengths', () => {
  expect(() => centerCrop({ height: 2, width: 1.5 })).toThrow(
    'width must be a positive integer. Received: 1.5',
  );
});
