import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { spatialDropout2d, spatialDropout3d } from './spatial-dropout.js';

it('drops whole maps in training, and nothing else', () => {
  const x = tf.ones([50, 2, 3, 40]);
  const layer = spatialDropout2d({ rate: 0.2 });
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor(x);
  const y = layer.apply(x, { training: true }) as tf.Tensor;
  const spread = tf.sub(tf.max(y, [1, 2]), tf.min(y, [1, 2]));
  expect(spread).toBeCloseToTensor(tf.zeros([50, 40]));
  expect(tf.max(y).dataSync()[0]).toBeCloseTo(1.25);
  expect(tf.min(y).dataSync()[0]).toBe(0);
  // Within six standard deviations.
  expect(Math.abs((tf.mean(y).dataSync()[0] as number) - 1)).toBeLessThan(0.07);
});

it('drops channels where they come first, and everything at rate 1', () => {
  const x = tf.ones([5, 30, 2, 2, 2]);
  const layer = spatialDropout3d({ rate: 0.5, dataFormat: 'channelsFirst' });
  const y = layer.apply(x, { training: true }) as tf.Tensor;
  const spread = tf.sub(tf.max(y, [2, 3, 4]), tf.min(y, [2, 3, 4]));
  expect(spread).toBeCloseToTensor(tf.zeros([5, 30]));
  const all = spatialDropout3d({ rate: 1 }).apply(x, { training: true });
  expect(tf.max(all as tf.Tensor).dataSync()[0]).toBe(0);
});

it('refuses other rates', () => {
  expect(() => spatialDropout2d({ rate: 1.5 })).toThrow(
    'rate must be a number from 0 to 1. Received: 1.5',
  );
});
