import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import * as pooling from './global-pooling.js';

const image = tf.tensor4d([1, 10, 2, 40, 3, 20, 6, 30], [1, 2, 2, 2]);

describe('global pooling', () => {
  it.each([
    [pooling.globalAveragePooling2d({}), [[3, 25]]],
    [pooling.globalMaxPooling2d({}), [[6, 40]]],
    [pooling.globalAveragePooling2d({ keepdims: true }), [[[[3, 25]]]]],
    [pooling.globalMaxPooling2d({ keepdims: true }), [[[[6, 40]]]]],
    [pooling.globalMaxPooling2d({ dataFormat: 'channelsFirst' }), [[40, 30]]],
    [
      pooling.globalAveragePooling2d({ dataFormat: 'channelsFirst', keepdims: true }),
      [[[[13.25]], [[14.75]]]],
    ],
  ])('of an image: %#', (layer, expected) => {
    const again = new (layer.constructor as typeof pooling.GraftGlobalMaxPooling2D)(
      layer.getConfig(),
    );
    for (const each of [layer, again]) {
      expect(each.apply(image) as tf.Tensor).toBeCloseToTensor(expected);
      expect(each.computeOutputShape(image.shape)).toEqual(tf.tensor(expected).shape);
    }
  });

  it('of sequences and volumes', () => {
    const sequence = tf.reshape(image, [1, 4, 2]);
    const volume = tf.reshape(image, [1, 2, 2, 1, 2]);
    for (const [layer, x, expected] of [
      [pooling.globalAveragePooling1d(), sequence, [[3, 25]]],
      [pooling.globalMaxPooling1d(), sequence, [[6, 40]]],
      [pooling.globalAveragePooling3d(), volume, [[3, 25]]],
      [pooling.globalMaxPooling3d(), volume, [[6, 40]]],
    ] as const) {
      expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor(expected);
    }
  });

  it('divides the gradient of a maximum among equals', () => {
    const x = tf.tensor3d([5, 1, 5, 4], [1, 4, 1]);
    const layer = pooling.globalMaxPooling1d();
    const gradient = tf.grad((y) => tf.mul(layer.apply(y) as tf.Tensor, 6))(x);
    expect(gradient).toBeCloseToTensor([[[3], [0], [3], [0]]]);
  });
});
