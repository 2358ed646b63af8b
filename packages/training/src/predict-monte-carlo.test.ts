import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { predict } from './predict.js';
import { predictMonteCarlo } from './predict-monte-carlo.js';

/** The sum of 50 inputs, half of which are dropped and the others doubled. */
const dropping = () =>
  sequential({
    layers: [
      layers.dropout({ rate: 0.5, inputShape: [50] }),
      layers.dense({ units: 1, kernelInitializer: 'ones', useBias: false }),
    ],
  });

describe('predictMonteCarlo', () => {
  it('has the mean of the prediction, and the spread of the masks', async () => {
    const xs = tf.ones([3, 50]);
    const { mean, spread } = await predictMonteCarlo(dropping(), xs, {
      samples: 400,
      batchSize: 2,
    });
    expect([mean.shape, spread.shape]).toEqual([
      [3, 1],
      [3, 1],
    ]);
    // A sum of 50 masks of 0 or 2 has mean 50 and deviation √50 ≈ 7.07. The mean of 400 has 0.35, and their deviation
    // 0.25: five of these are exceeded once in two million.
    for (const value of mean.dataSync()) expect(Math.abs(value - 50)).toBeLessThan(5 * 0.36);
    for (const value of spread.dataSync()) expect(Math.abs(value - 7.07)).toBeLessThan(5 * 0.26);
  });

  it('leaves BatchNormalization alone, and has no spread without dropout', async () => {
    const model = sequential({
      layers: [layers.dense({ units: 4, inputShape: [3] }), layers.batchNormalization()],
    });
    const weights = () => model.getWeights().map((weight) => [...weight.dataSync()]);
    const before = weights();
    const xs = tf.randomNormal([5, 3]);
    const { mean, spread } = await predictMonteCarlo(model, xs, { samples: 3 });
    expect(weights()).toEqual(before);
    expect([...spread.dataSync()].every((value) => value === 0)).toBe(true);
    expect([...mean.dataSync()]).toEqual([...(await predict(model, xs)).dataSync()]);
  });

  it('leaks nothing, also when it is stopped', async () => {
    const model = dropping();
    const xs = tf.ones([3, 50]);
    await expectNoLeak(async () =>
      tf.dispose({ ...(await predictMonteCarlo(model, xs, { samples: 5 })) }),
    );
    await expectNoLeak(() =>
      expect(predictMonteCarlo(model, xs, { signal: AbortSignal.abort() })).rejects.toThrow(
        'aborted',
      ),
    );
  });

  it.each([
    [{ samples: 1 }, 'samples must be an integer of at least 2. Received: 1'],
    [{ batchSize: 0 }, 'batchSize must be a positive integer. Received: 0'],
  ])('refuses %o', async (wrong, message) => {
    await expect(predictMonteCarlo(dropping(), tf.ones([3, 50]), wrong)).rejects.toThrow(message);
  });

  it('refuses no example', async () => {
    await expect(predictMonteCarlo(dropping(), tf.zeros([0, 50]))).rejects.toThrow(
      'xs must be a tensor with at least one example',
    );
  });
});
