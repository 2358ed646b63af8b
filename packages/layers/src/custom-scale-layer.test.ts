import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { customScaleLayer } from './custom-scale-layer.js';

it('adds the scaled residual to the shortcut', () => {
  const inputs = [tf.tensor2d([[1, 2]]), tf.tensor2d([[10, 20]])];
  const layer = customScaleLayer({ scale: 0.5 });
  expect(layer.apply(inputs) as tf.Tensor).toBeCloseToTensor([[6, 12]]);
  expect(layer.getConfig()).toMatchObject({ scale: 0.5 });
});
