import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { predict } from './predict.js';

const { dense, dropout } = layers.layers;
const model = layers.sequential({
  layers: [dense({ units: 3, inputShape: [2] }), dropout({ rate: 0.9 })],
});

describe('predict', () => {
  it('gives the same for every batch size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 10 }),
        async (n, batchSize) => {
          const xs = tf.randomNormal([n, 2]);
          const [batched, whole] = [await predict(model, xs, { batchSize }), model.predict(xs)];
          expect(batched).toBeCloseToTensor(whole as tf.Tensor);
          tf.dispose([xs, batched, whole]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('leaves its result, and nothing where it fails', async () => {
    const xs = tf.zeros([5, 2]);
    const signal = AbortSignal.abort(new Error('enough'));
    await expectNoLeak(async () => {
      tf.dispose(await predict(model, xs, { batchSize: 2 }));
      await expect(predict(model, xs, { signal })).rejects.toThrow('enough');
    });
  });

  it.each<[string, tf.Tensor, number, string]>([
    [
      'no examples',
      tf.zeros([0, 2]),
      1,
      'xs must be a tensor with at least one example. Received: [0,2]',
    ],
    [
      'another shape',
      tf.zeros([1, 3]),
      1,
      "xs must have the shape of the model's input, [any, 2]. Received: [1,3]",
    ],
    [
      'a scalar',
      tf.scalar(1),
      1,
      "xs must have the shape of the model's input, [any, 2]. Received: []",
    ],
    ['a batch size of 0', tf.zeros([1, 2]), 0, 'batchSize must be a positive integer. Received: 0'],
  ])('refuses %s', async (_, xs, batchSize, message) => {
    await expect(predict(model, xs, { batchSize })).rejects.toThrow(message);
  });
});
