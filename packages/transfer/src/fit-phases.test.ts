import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeEach, describe, expect, it } from 'vitest';
import { tensorDataset } from '@graftjs/test-utils';
import { fitPhases, gradualUnfreezing, type Phase } from './fit-phases.js';

const { dense } = layers.layers;
const data = tensorDataset(tf.randomNormal([4, 2]), tf.ones([4, 1]), 2);

let model: layers.LayersModel;
beforeEach(() => {
  model = layers.sequential({
    layers: [
      dense({ units: 3, inputShape: [2], name: 'low' }),
      dense({ units: 2, name: 'high' }),
      dense({ units: 1 }),
    ],
  });
});

// Not by `model.getWeights`, whose order changes with what is frozen.
const kernels = () =>
  model.layers.map(({ weights }) => Array.from(weights[0]?.read().dataSync() ?? []));
const options = { loss: 'meanSquaredError' } as const;
const sgd = () => tf.train.sgd(0.1);

describe('fitPhases', () => {
  it('trains from the group that each phase names', async () => {
    const moved: boolean[][] = [];
    let before = kernels();
    const onEpochEnd = () => {
      const now = kernels();
      moved.push(now.map((kernel, i) => !tf.util.arraysEqual(kernel, before[i]!)));
      before = now;
    };
    const phases = [
      { trainFrom: 'head', epochs: 1, optimizer: sgd() },
      { trainFrom: 1, epochs: 2 },
      { trainFrom: 0, epochs: 1 },
    ];
    const histories = await fitPhases(model, data, phases, {
      ...{ ...options, optimizer: sgd(), callbacks: [{ onEpochEnd }] },
    });
    expect(histories.map(({ logs }) => logs['loss']?.length)).toEqual([1, 2, 1]);
    expect(moved).toEqual([
      [false, false, true],
      [false, true, true],
      [false, true, true],
      [true, true, true],
    ]);
  });

  it('checks all phases before it trains', async () => {
    const before = kernels();
    const good: Phase = { trainFrom: -1, epochs: 1 };
    const failing = (...phases: Phase[]) =>
      expect(fitPhases(model, data, phases, { ...options, optimizer: sgd() })).rejects;
    await failing(good, { trainFrom: 0, epochs: 0 }).toThrow(
      'phases[1].epochs must be a positive integer. Received: 0',
    );
    await failing(good, { trainFrom: 'middle', epochs: 1 }).toThrow(
      `at must be the index or name of one of the model's groups (low, high, head). Received: "middle"`,
    );
    await failing().toThrow('phases must be at least one. Received: none');
    expect(kernels()).toEqual(before);
  });
});

it('gradualUnfreezing goes from the head to everything', () => {
  expect(gradualUnfreezing(model, 1, 5)).toEqual([
    { trainFrom: 2, epochs: 1 },
    { trainFrom: 1, epochs: 1 },
    { trainFrom: 0, epochs: 5 },
  ]);
});
