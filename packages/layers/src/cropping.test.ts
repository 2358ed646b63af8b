import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { cropping1d, cropping3d, GraftCropping3D } from './cropping.js';

it('crops sequences', () => {
  const x = tf.tensor3d([1, 2, 3, 4], [1, 4, 1]);
  expect(cropping1d().apply(x) as tf.Tensor).toBeCloseToTensor([[[2], [3]]]);
  const layer = cropping1d({ cropping: [0, 1] });
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor([[[1], [2], [3]]]);
  expect(layer.getConfig()).toMatchObject({ cropping: [0, 1] });
  expect(layer.computeOutputShape([null, null, 1])).toEqual([null, null, 1]);
  expect(tf.grad((y) => layer.apply(y) as tf.Tensor)(x)).toBeCloseToTensor([[[1], [1], [1], [0]]]);
});

it('crops volumes with their channels first', () => {
  const x = tf.reshape(tf.range(0, 24), [1, 1, 2, 3, 4]);
  const cropping: [number, number][] = [
    [1, 0],
    [1, 1],
    [0, 2],
  ];
  const layer = cropping3d({ cropping, dataFormat: 'channelsFirst' });
  const again = new GraftCropping3D(layer.getConfig());
  expect(again.apply(x) as tf.Tensor).toBeCloseToTensor([[[[[16, 17]]]]]);
  expect(layer.computeOutputShape(x.shape)).toEqual([1, 1, 1, 1, 2]);
});
