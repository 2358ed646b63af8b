import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import '@graftjs/test-utils';
import {
  GraftLocalResponseNormalization,
  localResponseNormalization,
} from './local-response-normalization.js';

const args = { depthRadius: 1, bias: 2, alpha: 0.3, beta: 0.75 };
const images = () => tf.randomNormal([2, 2, 3, 5], 0, 2, 'float32', 1) as tf.Tensor4D;

/** The formula, by ops that have gradients of their own. */
function formula(x: tf.Tensor): tf.Tensor {
  const square = tf.pad(tf.square(x), [...[0, 0, 0].map((): [number, number] => [0, 0]), [1, 1]]);
  const near = [0, 1, 2].map((offset) => tf.slice(square, [0, 0, 0, offset], x.shape));
  return tf.div(x, tf.pow(tf.add(2, tf.mul(0.3, tf.addN(near))), 0.75));
}

it('is the formula, and so is its gradient', () => {
  const layer = localResponseNormalization(args);
  const apply = (x: tf.Tensor) => layer.apply(x) as tf.Tensor;
  expect(apply(images())).toBeCloseToTensor(formula(images()));
  const dy = tf.randomNormal([2, 2, 3, 5], 0, 1, 'float32', 2);
  const expected = tf.grad(formula)(images(), dy);
  expect(tf.grad(apply)(images(), dy)).toBeCloseToTensor(expected, 1e-5);
  expect(layer.computeOutputShape([null, 2, 3, 5])).toEqual([null, 2, 3, 5]);
});

it('is made again from its config, with the defaults of tf.nn', () => {
  const layer = localResponseNormalization(args);
  expect(new GraftLocalResponseNormalization(layer.getConfig()).getConfig()).toEqual(
    layer.getConfig(),
  );
  const defaults = { depthRadius: 5, bias: 1, alpha: 1, beta: 0.5 };
  expect(localResponseNormalization().getConfig()).toMatchObject(defaults);
});

it('says what is wrong', () => {
  expect(() => localResponseNormalization({ depthRadius: 0.5 })).toThrow(
    'depthRadius must be an integer ≥ 0. Received: 0.5',
  );
});
