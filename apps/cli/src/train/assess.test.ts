import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { assess } from './assess.js';

it('takes one output for the probability of the second class', async () => {
  const outputs = tf.tensor2d([0.25, 0.75, 1], [3, 1]);
  const { report, truth, probabilities } = await assess(outputs, tf.tensor1d([0, 1, 0], 'int32'));
  expect(truth).toEqual([0, 1, 0]);
  expect([...probabilities]).toEqual([0.75, 0.25, 0.25, 0.75, 0, 1]);
  expect(report.confusion).toEqual([
    [1, 1],
    [0, 1],
  ]);
});

it('takes the largest of several', async () => {
  const outputs = tf.tensor2d([0.1, 0.2, 0.7, 0.5, 0.3, 0.2], [2, 3]);
  const { report } = await assess(outputs, tf.tensor1d([2, 1], 'int32'));
  expect(report.accuracy).toBe(0.5);
  expect(report.confused).toEqual([{ of: 1, as: 0, count: 1 }]);
});

it('refuses NaN', async () => {
  const outputs = tf.tensor2d([NaN, 1], [1, 2]);
  await expect(assess(outputs, tf.tensor1d([0], 'int32'))).rejects.toThrow('gives NaN for some');
});
