import '@tensorflow/tfjs-backend-cpu';
import { expectNoLeak } from '@graftjs/test-utils';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { decodePredictions } from './decode-predictions.js';

/** An image's outputs: zero but for some classes. */
const outputs = (...images: Record<number, number>[]): tf.Tensor2D =>
  tf.tensor2d(images.map((image) => Array.from({ length: 1000 }, (_, i) => image[i] ?? 0)));

it('names the most probable classes of each image, the best first', async () => {
  const probabilities = outputs({ 282: 0.25, 281: 0.5, 285: 0.125 }, { 999: 1 });
  await expectNoLeak(async () => {
    expect(await decodePredictions(probabilities, { top: 2 })).toEqual([
      [
        { wordnetId: 'n02123045', name: 'tabby', probability: 0.5 },
        { wordnetId: 'n02123159', name: 'tiger_cat', probability: 0.25 },
      ],
      [
        { wordnetId: 'n15075141', name: 'toilet_tissue', probability: 1 },
        { wordnetId: 'n01440764', name: 'tench', probability: 0 },
      ],
    ]);
  });
  probabilities.dispose();
});

it('names five classes where the caller says nothing, and all where asked', async () => {
  const probabilities = outputs({ 7: 1 });
  expect((await decodePredictions(probabilities))[0]).toHaveLength(5);
  expect((await decodePredictions(probabilities, { top: 1000 }))[0]).toHaveLength(1000);
  probabilities.dispose();
});

it('gives nothing for no image', async () => {
  const none = tf.zeros([0, 1000]);
  expect(await decodePredictions(none)).toEqual([]);
  none.dispose();
});

it.each([
  [[1, 10], 'probabilities must be of shape [images, 1000]. Received: [1,10]'],
  [[1000], 'probabilities must be of shape [images, 1000]. Received: [1000]'],
])('refuses the shape %j', async (shape, message) => {
  const probabilities = tf.zeros(shape);
  await expect(decodePredictions(probabilities)).rejects.toThrow(message);
  probabilities.dispose();
});

it.each([0, 1001, 2.5])('refuses the top %d', async (top) => {
  const probabilities = outputs({});
  await expect(decodePredictions(probabilities, { top })).rejects.toThrow(
    `top must be an integer from 1 to 1000. Received: ${top}`,
  );
  probabilities.dispose();
});

it('refuses NaN, which has no place in an order', async () => {
  const probabilities = tf.fill([1, 1000], NaN);
  await expect(decodePredictions(probabilities)).rejects.toThrow(
    'probabilities must be numbers (is a weight NaN?). Received: NaN',
  );
  probabilities.dispose();
});
