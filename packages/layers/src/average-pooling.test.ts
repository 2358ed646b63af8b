import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  averagePooling1d,
  averagePooling2d,
  GraftAveragePooling2D,
  averagePooling3d,
} from './average-pooling.js';

describe('average pooling', () => {
  it('averages what is within the edges, and gives it the gradient', () => {
    const x = tf.tensor3d([3, 5, 10], [1, 3, 1]);
    const layer = averagePooling1d({ poolSize: 3, strides: 2, padding: 'same' });
    expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor([[[4], [7.5]]]);
    expect(layer.computeOutputShape([null, 3, 1])).toEqual([null, 2, 1]);
    expect(tf.grad((y) => layer.apply(y) as tf.Tensor)(x)).toBeCloseToTensor([[[0.5], [1], [0.5]]]);
  });

  it('takes channels first, and keeps its settings', () => {
    const x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 1, 2, 3]);
    const layer = new GraftAveragePooling2D(
      averagePooling2d({ poolSize: [2, 1], dataFormat: 'channelsFirst' }).getConfig(),
    );
    expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor([[[[2.5, 3.5, 4.5]]]]);
    expect(layer.computeOutputShape([null, 1, 2, null])).toEqual([null, 1, 1, null]);
  });

  it('pools volumes', () => {
    const x = tf.tensor5d([1, 3, 5, 7], [1, 2, 1, 2, 1]);
    const layer = averagePooling3d({ padding: 'same' });
    expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor([[[[[4]]]]]);
    expect(tf.grad((y) => layer.apply(y) as tf.Tensor)(x)).toBeCloseToTensor(
      tf.fill([1, 2, 1, 2, 1], 0.25),
    );
  });

  it('refuses other lengths', () => {
    expect(() => averagePooling2d({ strides: [1, 0] })).toThrow(
      'strides must be a positive integer, or 2 of them. Received: [1,0]',
    );
  });
});
