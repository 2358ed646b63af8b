// fineTune with a real optimizer: what it does step by step is what fastai's own code does.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { leafLayers, rateAt, type Callback } from '@graftjs/core';
import { Adam, type RuleOptimizer, SGD } from '@graftjs/optimizers';
import { tensorDataset } from '@graftjs/test-utils';
import { earlyStopping, fit } from '@graftjs/training';
import { discriminativeRates, fineTune, freezeTo, layerGroups } from '@graftjs/transfer';

interface Case {
  readonly groups: number;
  readonly batches: number;
  readonly epochs: number;
  readonly freeze_epochs: number;
  readonly base_lr?: number;
  readonly lr_mult?: number;
  readonly pct_start?: number;
  readonly div?: number;
  readonly steps: readonly { frozen: number; rates: readonly number[]; momentum: number }[];
}

const fixture = new URL('../../reference/torch/fine_tune.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };

beforeAll(() => tf.setBackend('cpu'));

/** A network whose layers are a group each. */
function network(groups: number): layers.LayersModel {
  const units = Array.from({ length: groups }, (_, i) => groups - i);
  return layers.sequential({
    layers: units.map((width, i) =>
      layers.layers.dense({ units: width, ...(i === 0 && { inputShape: [2] }), name: `d${i}` }),
    ),
  });
}

const examples = (count: number, batchSize = 1) =>
  tensorDataset(
    tf.randomNormal([count, 2], 0, 1, 'float32', 1),
    tf.randomNormal([count, 1], 0, 1, 'float32', 2),
    batchSize,
  );

describe('fineTune', () => {
  it.each(cases)(
    'trains $groups groups at the rates and momenta of fastai',
    async ({ groups, batches, steps, epochs, freeze_epochs: freezeEpochs, ...fastai }) => {
      const model = network(groups);
      const found: { frozen: number; rates: number[]; momentum: number }[] = [];
      let optimizer: RuleOptimizer | undefined;
      /** What the optimizer did with the kernel of each group in the step before. */
      const onBatchEnd = () => {
        const step = optimizer!.iterations - 1;
        const rate = rateAt(optimizer!.learningRate, step);
        const kernels = model.layers.map(({ weights }) => weights[0]!.read() as tf.Variable);
        const scalars = kernels.map((kernel) =>
          optimizer!.ruleFor(kernel, 'update')!.scalars(rate, step + 1, step + 1),
        );
        found.push({
          frozen: leafLayers(model).findIndex(({ trainable }) => trainable),
          rates: scalars.map((scalar) => scalar['rate'] as number),
          momentum: scalars[0]!['beta'] as number,
        });
      };
      await fineTune(model, examples(batches), {
        optimizer: (settings) => (optimizer = new SGD(settings)),
        ...{ epochs, freezeEpochs, loss: 'meanSquaredError', callbacks: [{ onBatchEnd }] },
        ...(fastai.base_lr && { baseRate: fastai.base_lr }),
        ...(fastai.lr_mult && { rateRatio: fastai.lr_mult }),
        ...(fastai.pct_start && { pctStart: fastai.pct_start }),
        ...(fastai.div && { div: fastai.div }),
      });
      expect(found.map(({ frozen }) => frozen)).toEqual(steps.map(({ frozen }) => frozen));
      for (const [i, { rates, momentum, frozen }] of steps.entries()) {
        // fastai gives groups that are frozen rates, too.
        for (let group = frozen; group < groups; group++) {
          expect(found[i]!.rates[group]! / rates[group]!, `step ${i}`).toBeCloseTo(1, 12);
        }
        expect(found[i]!.momentum).toBeCloseTo(momentum, 12);
      }
    },
  );

  it('begins the second cycle where a callback has ended the first', async () => {
    const model = network(2);
    const rates: number[] = [];
    const onEpochEnd: Callback['onEpochEnd'] = (_, logs) =>
      void rates.push(logs['learning_rate'] as number);
    const stop = earlyStopping({ monitor: 'loss', patience: 1, minDelta: 100 });
    const { frozen, unfrozen } = await fineTune(model, examples(1), {
      ...{
        freezeEpochs: 9,
        epochs: 9,
        loss: 'meanSquaredError',
        callbacks: [{ onEpochEnd }, stop],
      },
      optimizer: ({ momentum, ...settings }) => new Adam({ ...settings, beta1: momentum }),
    });
    expect([frozen, unfrozen].map(({ logs }) => logs['loss']?.length)).toEqual([2, 2]);
    expect(rates[0]).toBeCloseTo(2e-3 / 25, 12);
    expect(rates[2]).toBeCloseTo(1e-3 / 5, 12);
  });

  const recipe = { optimizer: () => new SGD(), epochs: 1, loss: 'meanSquaredError' } as const;
  it.each([
    [{ epochs: 0 }, 'epochs must be a positive integer. Received: 0'],
    [{ freezeEpochs: 1.5 }, 'freezeEpochs must be a positive integer. Received: 1.5'],
    [{ baseRate: NaN }, 'baseRate must be a finite number above 0. Received: NaN'],
    [{ rateRatio: 0.5 }, 'ratio must be a finite number of at least 1. Received: 0.5'],
    [{ pctStart: 1 }, 'pctStart must be a number above 0 and below 1. Received: 1'],
    [{ div: 0 }, 'div must be a finite number above 0. Received: 0'],
    [
      { optimizer: () => tf.train.sgd(1) },
      'optimizer must be a function that makes one of @graftjs/optimizers.',
    ],
  ])('refuses %o before it trains', async (wrong, message) => {
    const model = network(2);
    const before = model.getWeights().map((weight) => [...weight.dataSync()]);
    await expect(fineTune(model, examples(1), { ...recipe, ...wrong })).rejects.toThrow(message);
    expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before);
    expect(leafLayers(model).every(({ trainable }) => trainable)).toBe(true);
  });

  it('refuses a model that is all head', async () => {
    await expect(fineTune(network(1), examples(1), recipe)).rejects.toThrow(
      'model must have layers with weights below its head',
    );
  });
});

describe('unfreezing', () => {
  const train = (model: layers.LayersModel, optimizer: RuleOptimizer, epochs: number) =>
    fit(model, examples(6, 2), { optimizer, epochs, loss: 'meanSquaredError' });
  const kernelsOf = (model: layers.LayersModel) =>
    model.layers.map(({ weights }) => [...weights[0]!.read().dataSync()]);

  it("keeps the head's optimizer state, to the bit", async () => {
    const start = network(3).getWeights();
    const [broken, unbroken] = [network(3), network(3)];
    const optimizers = [new Adam(), new Adam()] as const;
    for (const model of [broken, unbroken]) {
      model.setWeights(start);
      freezeTo(model, -1);
    }
    await train(broken, optimizers[0], 2);
    const slots = async () =>
      (await optimizers[0].getWeights()).map(({ name, tensor }) => [name, ...tensor.dataSync()]);
    const before = await slots();
    freezeTo(broken, 0);
    // What is below the head trains at a rate of 0: the head must go on as if nothing had happened.
    const { head, ...body } = discriminativeRates(layerGroups(broken));
    optimizers[0].groups = Object.fromEntries(
      Object.entries(body).map(([name, group]) => [name, { ...group, rateMultiplier: 0 }]),
    );
    expect(head?.variables).toHaveLength(2);
    expect(await slots()).toEqual(before);
    await train(broken, optimizers[0], 3);
    await train(unbroken, optimizers[1], 5);
    expect(kernelsOf(broken)).toEqual(kernelsOf(unbroken));
    expect((await slots()).length).toBeGreaterThan(before.length);
  });
});
