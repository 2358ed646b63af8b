import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { reLU, GraftReLU } from './relu.js';

const x = tf.tensor1d([-2, -0.5, 0.5, 1.5, 7]);

it.each([
  [{}, [0, 0, 0.5, 1.5, 7], [0, 0, 1, 1, 1]],
  [{ maxValue: 6 }, [0, 0, 0.5, 1.5, 6], [0, 0, 1, 1, 0]],
  [{ maxValue: 1 }, [0, 0, 0.5, 1, 1], [0, 0, 1, 0, 0]],
  [{ negativeSlope: 0.1 }, [-0.2, -0.05, 0.5, 1.5, 7], [0.1, 0.1, 1, 1, 1]],
  [{ threshold: 1 }, [0, 0, 0, 1.5, 7], [0, 0, 0, 1, 1]],
  [
    { maxValue: 5, negativeSlope: 0.1, threshold: 1 },
    [-0.3, -0.15, -0.05, 1.5, 5],
    [0.1, 0.1, 0.1, 1, 0],
  ],
])('computes %o, its slope too, and keeps its settings', (args, values, slopes) => {
  const layer = reLU(args);
  const again = new GraftReLU(layer.getConfig());
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor(values);
  expect(again.apply(x) as tf.Tensor).toBeCloseToTensor(values);
  expect(tf.grad((y) => layer.apply(y) as tf.Tensor)(x)).toBeCloseToTensor(slopes);
});

it('refuses what is negative', () => {
  expect(() => reLU({ negativeSlope: -1 })).toThrow(
    'negativeSlope must be a number ≥ 0. Received: -1',
  );
  expect(() => reLU({ maxValue: -1 })).toThrow(/^maxValue must be/);
  expect(() => reLU({ threshold: NaN })).toThrow(/^threshold must be/);
});
