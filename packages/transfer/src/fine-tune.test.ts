import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeEach, describe, expect, it } from 'vitest';
import { tensorDataset } from '@graftjs/test-utils';
import { fineTune, type FineTuneOptions } from './fine-tune.js';

const { dense } = layers.layers;
const data = tensorDataset(tf.randomNormal([4, 2]), tf.ones([4, 1]), 2);

let model: layers.LayersModel;
let base: layers.layers.Layer[];
beforeEach(() => {
  model = layers.sequential({
    layers: [dense({ units: 2, inputShape: [2] }), dense({ units: 1 })],
  });
  base = model.layers.slice(0, 1);
});

const options = (more: Partial<FineTuneOptions> = {}): FineTuneOptions => ({
  ...{ base, loss: 'meanSquaredError' },
  frozen: { epochs: 1, optimizer: tf.train.sgd(0.1) },
  unfrozen: { epochs: 2, optimizer: tf.train.sgd(0.1) },
  ...more,
});
// Not by `model.getWeights`, whose order changes with what is frozen.
const kernel = () => Array.from(base[0]?.weights[0]?.read().dataSync() ?? []);

describe('fineTune', () => {
  it('trains the head alone, then everything', async () => {
    const start = kernel();
    const moved: boolean[] = [];
    const onEpochEnd = () => void moved.push(!tf.util.arraysEqual(kernel(), start));
    const { frozen, unfrozen } = await fineTune(
      model,
      data,
      options({ callbacks: [{ onEpochEnd }] }),
    );
    expect(moved).toEqual([false, true, true]);
    expect([frozen, unfrozen].map(({ logs }) => logs.loss?.length)).toEqual([1, 2]);
  });

  it('unfreezes the base where it is stopped', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(fineTune(model, data, options({ signal }))).rejects.toThrow('enough');
    expect(base.map(({ trainable }) => trainable)).toEqual([true]);
  });

  it.each(['frozen', 'unfrozen'] as const)(
    'checks the epochs of the %s phase before it starts',
    async (phase) => {
      const start = model.getWeights().map((weight) => Array.from(weight.dataSync()));
      const bad = options({ [phase]: { epochs: 0, optimizer: tf.train.sgd(1) } });
      await expect(fineTune(model, data, bad)).rejects.toThrow(
        `${phase}.epochs must be a positive integer. Received: 0`,
      );
      expect(model.getWeights().map((weight) => Array.from(weight.dataSync()))).toEqual(start);
    },
  );
});
