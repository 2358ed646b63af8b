// With a dilation, which TensorFlow does not compute on every CPU: by the convolution that is transposed. What Keras
// computes otherwise is compared in keras-format.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { conv3d } from './conv-3d.js';
import {
  conv1dTranspose,
  conv2dTranspose,
  conv3dTranspose,
  GraftConv2DTranspose,
} from './conv-transpose.js';
import { conv1d, conv2d } from './conv.js';

const values = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe.each(['valid', 'same'] as const)('with a dilation and %s padding', (padding) => {
  const rates = { padding, useBias: false };
  it.each([
    [
      'conv1dTranspose',
      conv1d({ filters: 3, kernelSize: 3, dilationRate: 2, ...rates }),
      conv1dTranspose({ filters: 2, kernelSize: 3, dilationRate: 2, ...rates }),
      [2, 7, 2],
    ],
    [
      'conv2dTranspose',
      conv2d({ filters: 3, kernelSize: [2, 3], dilationRate: [3, 1], ...rates }),
      conv2dTranspose({ filters: 2, kernelSize: [2, 3], dilationRate: [3, 1], ...rates }),
      [2, 5, 6, 2],
    ],
    [
      'conv3dTranspose',
      conv3d({ filters: 3, kernelSize: 2, dilationRate: [1, 2, 3], ...rates }),
      conv3dTranspose({ filters: 2, kernelSize: 2, dilationRate: [1, 2, 3], ...rates }),
      [1, 3, 4, 5, 2],
    ],
  ])('%s is the gradient of a convolution', (_, forward, transposed, shape) => {
    const x = values(shape, 1);
    const convolve = (input: tf.Tensor) => forward.apply(input) as tf.Tensor;
    const dy = values(convolve(x).shape, 2);
    transposed.build([null, ...dy.shape.slice(1)]);
    transposed.setWeights(forward.getWeights());
    const expected = tf.grad((input) => convolve(input))(x, dy);
    expect(transposed.computeOutputShape(dy.shape)).toEqual(shape);
    expect(transposed.apply(dy) as tf.Tensor).toBeCloseToTensor(expected, 1e-5);
  });
});

it('comes back from its config', () => {
  const layer = conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, outputPadding: [0, 1] });
  const again = new GraftConv2DTranspose(layer.getConfig() as never);
  expect(again.getConfig()).toEqual(layer.getConfig());
});

it.each<[string, () => unknown, string]>([
  [
    'outputPadding',
    () => conv2dTranspose({ filters: 1, kernelSize: 3, strides: [1, 2], outputPadding: 1 }),
    'outputPadding must be less than the strides 1,2. Received: 1',
  ],
  [
    'padding',
    () => conv1dTranspose({ filters: 1, kernelSize: 3, padding: 'causal' as never }),
    'padding must be one of valid, same. Received: "causal"',
  ],
])('refuses another %s', (_, make, message) => {
  expect(make).toThrow(message);
});
