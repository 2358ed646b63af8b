import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { sampleImages } from './sample-images.js';

const images = tf.tensor4d([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110], [2, 2, 3, 1]);
const x = tf.tensor3d([[[0.5, 2.5]], [[1, -1]]]);
const y = tf.tensor3d([[[0.5, 0]], [[1, 0]]]);

it.each([
  ['bilinear', undefined, [20, 20, 100, 60]],
  ['bilinear', 7, [20, 13.5, 100, 7]],
  ['nearest', undefined, [40, 20, 100, 60]],
  ['nearest', 7, [40, 7, 100, 7]],
] as const)('%s, outside %s: the pixels of its own image at each point', (way, outside, values) => {
  const settings = { interpolation: way, ...(outside !== undefined && { outside }) };
  const { numTensors } = tf.memory();
  const result = sampleImages(images, x, y, settings);
  expect(tf.memory().numTensors).toBe(numTensors + 1);
  expect(result.shape).toEqual([2, 1, 2, 1]);
  expect(Array.from(result.dataSync())).toEqual(values);
});
