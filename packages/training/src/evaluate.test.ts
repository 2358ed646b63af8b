import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { expectNoLeak, tensorDataset } from '@graftjs/test-utils';
import { evaluate } from './evaluate.js';

const { dense, batchNormalization, dropout } = layers.layers;
const identity = () =>
  layers.sequential({
    layers: [
      batchNormalization({ inputShape: [1] }),
      dropout({ rate: 0.9 }),
      dense({
        units: 1,
        kernelInitializer: 'ones',
        kernelRegularizer: layers.regularizers.l2({ l2: 0.5 }),
      }),
    ],
  });
const xs = tf.tensor2d([[1], [2], [3], [4], [10]]);
const data = tensorDataset(xs, tf.zeros([5, 1]), 4);

describe('evaluate', () => {
  it('means over examples, not over batches, in inference mode, with penalties', async () => {
    const scale = 1 / 1.001;
    const { loss } = await evaluate(identity(), data, { loss: 'meanSquaredError' });
    expect(loss).toBeCloseTo((scale * (1 + 4 + 9 + 16 + 100)) / 5 + 0.5, 4);
  });

  it('moves nothing and leaks nothing', async () => {
    const model = identity();
    const before = model.getWeights().map((weight) => Array.from(weight.dataSync()));
    await expectNoLeak(() => evaluate(model, data, { loss: 'meanSquaredError' }));
    expect(model.getWeights().map((weight) => Array.from(weight.dataSync()))).toEqual(before);
  });

  it('stops at its signal, and refuses an empty dataset', async () => {
    const loss = 'meanSquaredError';
    const signal = AbortSignal.abort(new Error('enough'));
    await expectNoLeak(async () => {
      await expect(evaluate(identityOnce, data, { loss, signal })).rejects.toThrow('enough');
      await expect(evaluate(identityOnce, { ...data, batches: 0 }, { loss })).rejects.toThrow(
        'data must be a dataset with at least one batch. Received: "0 batches"',
      );
    });
  });
});

const identityOnce = identity();
