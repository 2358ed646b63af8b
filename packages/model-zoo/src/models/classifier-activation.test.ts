import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import '@graftjs/test-utils';
import { activationOf, type ClassifierActivation } from './classifier-activation.js';

it.each<[ClassifierActivation, number]>([
  ['linear', 1.5],
  ['sigmoid', 1 / (1 + Math.exp(-1.5))],
  ['silu', 1.5 / (1 + Math.exp(-1.5))],
  // Keras 3's, not that of tfjs-layers.
  ['hard_sigmoid', 0.75],
  ['leaky_relu', 1.5],
])('%s is the activation of a layer', (name, expected) => {
  const layer = layers.activation({ activation: activationOf(name) });
  expect(layer.apply(tf.tensor2d([[1.5]])) as tf.Tensor).toBeCloseToTensor([[expected]]);
});

it.each(['sharp', 'constructor', ''])('%j is refused', (name) => {
  expect(() => activationOf(name as ClassifierActivation)).toThrow(
    `classifierActivation must be null or one of elu, gelu, linear,`,
  );
});
