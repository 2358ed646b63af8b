import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import * as pooling from './global-pooling.js';

const image = tf.tensor4d([1, 10, 2, 40, 3, 20, 6, 30], [1, 2, 2, 2]);

describe('global pooling', () => {
  it.each([
    [pooling.graftGlobalAveragePooling2D({}), [[3, 25]]],
    [pooling.graftGlobalMaxPooling2D({}), [[6, 40]]],
    [pooling.graftGlobalAveragePooling2D({ keepdims: true }), [[[[3, 25]]]]],
    [pooling.graftGlobalMaxPooling2D({ keepdims: true }), [[[[6, 40]]]]],
    [pooling.graftGlobalMaxPooling2D({ dataFormat: 'channelsFirst' }), [[40, 30]]],
    [
      pooling.graftGlobalAveragePooling2D({ dataFormat: 'channelsFirst', keepdims: true }),
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
      [pooling.graftGlobalAveragePooling1D(), sequence, [[3, 25]]],
      [pooling.graftGlobalMaxPooling1D(), sequence, [[6, 40]]],
      [pooling.graftGlobalAveragePooling3D(), volume, [[3, 25]]],
      [pooling.graftGlobalMaxPooling3D(), volume, [[6, 40]]],
    ] as const) {
      expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor(expected);
    }
  });

  it('divides the gradient of a maximum among equals', () => {
    const x = tf.tensor3d([5, 1, 5, 4], [1, 4, 1]);
    const layer = pooling.graftGlobalMaxPooling1D();
    const gradient = tf.grad((y) => tf.mul(layer.apply(y) as tf.Tensor, 6))(x);
    expect(gradient).toBeCloseToTensor([[[3], [0], [3], [0]]]);
  });
});
