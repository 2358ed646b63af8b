import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { stochasticDepth } from './stochastic-depth.js';

it('drops whole examples in training, and nothing else', () => {
  const layer = stochasticDepth({ dropPathRate: 0.25 });
  const x = tf.ones([4000, 2, 3]);
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor(x);
  const y = layer.apply(x, { training: true }) as tf.Tensor;
  const byExample = tf.reshape(y, [4000, 6]);
  // All six values of an example are 0, or all are 1 / 0.75.
  expect(tf.sub(tf.max(byExample, 1), tf.min(byExample, 1))).toBeCloseToTensor(tf.zeros([4000]));
  expect(tf.max(y).dataSync()[0]).toBeCloseTo(4 / 3);
  expect(tf.min(y).dataSync()[0]).toBe(0);
  // Within six standard deviations.
  expect(Math.abs((tf.mean(y).dataSync()[0] as number) - 1)).toBeLessThan(0.055);
});
