import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import type { Dataset } from '@graftjs/core';
import { expectNoLeak, tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';
import { computeFeatures, streamFeatures } from './compute-features.js';
import { freeze } from '../freeze.js';
import { graftHead } from '../head.js';

const makeBase = () =>
  sequential({
    layers: [
      layers.dense({ units: 4, inputShape: [3], activation: 'tanh', name: 'hidden' }),
      layers.batchNormalization({ name: 'norm' }),
      layers.dropout({ rate: 0.5, name: 'drop' }),
    ],
  });
const xs = tf.randomNormal([10, 3], 0, 1, 'float32', 5);
const ys = tf.tensor1d([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);

it.each([
  ['layers', 0],
  ['auto', 1e-5],
] as const)(
  'a head on features learns what it learns on the frozen base: %s within %d',
  async (engine, tolerance) => {
    // Without dropout, which draws other masks in each run.
    const base = sequential({ layers: makeBase().layers.slice(0, 2) });
    const kernelInitializer = 'zeros';
    const dense = (shape: object = {}) =>
      layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer, name: 'head', ...shape });
    const whole = graftHead(base, [dense()]);
    freeze(base.layers);
    const options = { loss: 'binaryCrossentropy', epochs: 5 } as const;
    const plain = await fit(whole, tensorDataset(xs, ys, 4), {
      ...{ ...options, optimizer: tf.train.adam(0.1) },
    });
    const inference = { engine };
    const features = await computeFeatures(base, tensorDataset(xs, ys, 4), { inference });
    expect(features.xs.shape).toEqual([10, 4]);
    const head = sequential({ layers: [dense({ inputShape: [4] })] });
    const cached = await fit(head, tensorDataset(features.xs, features.ys, 4), {
      ...{ ...options, optimizer: tf.train.adam(0.1) },
    });
    const apart = cached.logs['loss']!.map((loss, i) => Math.abs(loss - plain.logs['loss']![i]!));
    expect(Math.max(...apart)).toBeLessThanOrEqual(tolerance);
    const weights = whole.layers.at(-1)!.getWeights();
    for (const [i, weight] of head.getWeights().entries())
      expect(tf.max(tf.abs(tf.sub(weight, weights[i]!))).dataSync()[0]).toBeLessThanOrEqual(
        tolerance,
      );
  },
);

it('is inference: no dropout, and moving statistics that stay', async () => {
  const base = makeBase();
  const before = base.getWeights().map((weight) => [...weight.dataSync()]);
  const once = await computeFeatures(base, tensorDataset(xs, ys, 3));
  const again = await computeFeatures(base, tensorDataset(xs, ys, 10));
  expect([...once.xs.dataSync()]).toEqual([...again.xs.dataSync()]);
  expect([...once.ys.dataSync()]).toEqual([...ys.dataSync()]);
  expect(base.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before);
});

it('keeps sample weights, tells how far it is, and can be stopped', async () => {
  const weighted: Dataset = {
    ...{ batches: 2, examples: 4 },
    async *[Symbol.asyncIterator]() {
      for (const weight of [1, 2]) {
        yield {
          ...{ xs: tf.ones([2, 3]), ys: tf.zeros([2]) },
          sampleWeights: tf.fill([2], weight),
        };
      }
    },
  };
  const told: number[] = [];
  const base = makeBase();
  const { sampleWeights } = await computeFeatures(base, weighted, {
    onBatch: (examples) => void told.push(examples),
  });
  expect([...sampleWeights!.dataSync()]).toEqual([1, 1, 2, 2]);
  expect(told).toEqual([2, 4]);
  await expectNoLeak(() =>
    expect(computeFeatures(base, weighted, { signal: AbortSignal.abort() })).rejects.toThrow(
      'aborted',
    ),
  );
  await expectNoLeak(async () => tf.dispose({ ...(await computeFeatures(base, weighted)) }));
});

it('refuses data without a batch', async () => {
  const empty: Dataset = { batches: 0, examples: 0, async *[Symbol.asyncIterator]() {} };
  await expect(computeFeatures(makeBase(), empty)).rejects.toThrow('data gave no batch');
});

it('refuses a base with several outputs', async () => {
  const inputs = input({ shape: [3] });
  const two = model({ inputs, outputs: [inputs, makeBase().apply(inputs) as typeof inputs] });
  await expect(computeFeatures(two, tensorDataset(xs, ys, 4))).rejects.toThrow(
    'base must be a model with one input and one output. Received: "1 inputs and 2 outputs"',
  );
});

it('streamFeatures computes them in every epoch, and goes on where its data goes on', async () => {
  let epoch = 0;
  const data: Dataset = {
    ...{ batches: 1, examples: 2 },
    async *[Symbol.asyncIterator]() {
      yield { xs: tf.fill([2, 3], epoch++), ys: tf.tensor1d([0, 1]) };
    },
    saveState: () => epoch,
    restoreState: (state) => void (epoch = state as number),
  };
  const base = sequential({
    layers: [layers.dense({ units: 1, inputShape: [3], kernelInitializer: 'ones' })],
  });
  const features = streamFeatures(base, data);
  expect(features).toMatchObject({ batches: 1, examples: 2 });
  const read = async () => {
    const values: number[] = [];
    for await (const batch of features) {
      values.push(...batch.xs.dataSync());
      tf.dispose({ ...batch });
    }
    return values;
  };
  await expectNoLeak(async () => expect(await read()).toEqual([0, 0]));
  const state = await features.saveState?.();
  expect(await read()).toEqual([3, 3]);
  await features.restoreState?.(state!);
  expect(await read()).toEqual([3, 3]);
});
