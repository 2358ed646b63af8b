// Callbacks in runs of fit, and of tfjs-layers' own.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import type { Callback, Logs } from '@graftjs/core';
import { expectNoLeak, tensorDataset } from '@graftjs/test-utils';
import { fit, type FitOptions } from '../fit.js';
import { trainingRun } from '../testing/training-run.js';
import { earlyStopping } from './early-stopping.js';
import { learningRateScheduler } from './learning-rate-scheduler.js';
import { modelCheckpoint } from './model-checkpoint.js';
import { makeMonitor } from './monitor.js';
import { reduceLROnPlateau } from './reduce-lr-on-plateau.js';
import { stockConstraints } from './stock-constraints.js';
import { terminateOnNaN } from './terminate-on-nan.js';

const xs = tf.randomNormal([8, 2], 0, 1, 'float32', 3);
const ys = tf.sum(xs, 1, true);
const data = tensorDataset(xs, ys, 4);
const dense = (options: object = {}) =>
  layers.sequential({
    layers: [layers.layers.dense({ units: 1, inputShape: [2], ...options })],
  });
const normed = () =>
  layers.sequential({
    layers: [
      layers.layers.dense({ units: 3, inputShape: [2] }),
      layers.layers.batchNormalization({}),
      layers.layers.dense({ units: 1 }),
    ],
  });
const options = (more: Partial<FitOptions> = {}): FitOptions => ({
  ...{ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError', epochs: 6 },
  ...more,
});
const numbers = (model: layers.LayersModel) =>
  model.getWeights().map((weight) => Array.from(weight.dataSync()));

/** Enough of one of Graft's optimizers for a callback to work with. */
class Sgd extends tf.SGDOptimizer {
  readonly rule = {};
  declare learningRate: number;
  finalize() {}
  advance() {
    return {};
  }
  override applyGradients(gradients: Parameters<tf.Optimizer['applyGradients']>[0]): void {
    this.setLearningRate(this.learningRate);
    super.applyGradients(gradients);
  }
}

describe('earlyStopping', () => {
  it('brings back the weights of the best epoch, moving statistics too, to the bit', async () => {
    const model = normed();
    // A rate that grows: it learns, then bursts.
    const optimizer = new Sgd(0.02);
    const byEpoch: number[][][] = [];
    const losses: number[] = [];
    const remember: Callback = {
      onEpochEnd(epoch, logs: Logs) {
        byEpoch[epoch] = numbers(model);
        losses[epoch] = logs.val_loss!;
        optimizer.learningRate *= 3;
      },
    };
    const stopping = earlyStopping({ patience: 2, restoreBestWeights: true });
    const callbacks = [remember, stopping];
    const { logs } = await fit(
      model,
      data,
      options({ optimizer, epochs: 50, validation: data, callbacks }),
    );
    const best = losses.indexOf(Math.min(...losses));
    expect(stopping.bestEpoch).toBe(best);
    expect(stopping.best).toBe(losses[best]);
    expect(stopping.stoppedEpoch).toBe(best + 2);
    expect(logs.loss).toHaveLength(best + 3);
    expect(numbers(model)).toEqual(byEpoch[best]);
    expect(numbers(model)).not.toEqual(byEpoch[best + 2]);
  });

  it('says which values there are where the one to watch is not', async () => {
    await expect(fit(dense(), data, options({ callbacks: [earlyStopping()] }))).rejects.toThrow(
      'monitor must be one of loss. Received: "val_loss"',
    );
  });

  it('leaks nothing, also when the run fails', async () => {
    const model = normed();
    const failing: Callback = {
      onEpochEnd(epoch) {
        if (epoch === 3) throw new Error('mine');
      },
    };
    const stopping = () => earlyStopping({ monitor: 'loss', restoreBestWeights: true });
    const good = options({ callbacks: [stopping()] });
    await expectNoLeak(() => fit(model, data, good));
    const broken = stopping();
    await fit(model, data, options({ callbacks: [broken, failing] })).catch(() => 0);
    // What a failed run left with the callback goes with the next run.
    const { numTensors } = tf.memory();
    await fit(model, data, options({ callbacks: [broken] }));
    expect(tf.memory().numTensors).toBeLessThan(numTensors);
  });

  it.each([
    [{ patience: -1 }, 'patience must be an integer ≥ 0. Received: -1'],
    [{ startFromEpoch: 0.5 }, 'startFromEpoch must be an integer ≥ 0. Received: 0.5'],
    [{ minDelta: -1 }, 'minDelta must be a finite number ≥ 0. Received: -1'],
    [{ mode: 'auto' as 'min' }, `mode must be 'min' or 'max'. Received: "auto"`],
    [{ monitor: 'score' }, `mode must be given, 'min' or 'max', for a monitor that does not tell`],
  ])('refuses %o', (wrong, message) => {
    expect(() => earlyStopping(wrong)).toThrow(message);
  });
});

it.each([
  ['val_loss', true],
  ['meanAbsoluteError', true],
  ['val_sparseCategoricalCrossentropy', true],
  ['accuracy', false],
  ['val_auc', false],
])('makeMonitor knows that of %s less is better: %s', (monitor, less) => {
  expect(makeMonitor({ monitor }).isBetter(1, 2)).toBe(less);
});

describe('the rate', () => {
  it('falls on a plateau, and the history shows it', async () => {
    const optimizer = new Sgd(0.1);
    const plateau = reduceLROnPlateau({ monitor: 'loss', patience: 1, minDelta: 1e6, factor: 0.5 });
    const seen: number[] = [];
    const watch: Callback = { onEpochBegin: () => void seen.push(optimizer.learningRate) };
    const model = dense();
    await fit(model, data, options({ optimizer, epochs: 4, callbacks: [plateau, watch] }));
    expect(seen).toEqual([0.1, 0.1, 0.05, 0.025]);
  });

  it('is set before each epoch', async () => {
    const optimizer = new Sgd(0.1);
    const scheduler = learningRateScheduler((epoch, rate) => (epoch < 2 ? rate : rate / 2));
    await fit(dense(), data, options({ optimizer, epochs: 4, callbacks: [scheduler] }));
    expect(optimizer.learningRate).toBe(0.025);
  });

  it.each([
    ['reduceLROnPlateau', () => reduceLROnPlateau()],
    ['learningRateScheduler', () => learningRateScheduler(() => 0.1)],
  ])(
    'cannot be set by %s where the optimizer is of tfjs, or has a schedule',
    async (name, make) => {
      await expect(fit(dense(), data, options({ callbacks: [make()] }))).rejects.toThrow(
        `optimizer must be one of @graftjs/optimizers for ${name}`,
      );
      const optimizer = new Sgd(0.1);
      (optimizer as { learningRate: unknown }).learningRate = () => 0.1;
      await expect(fit(dense(), data, options({ optimizer, callbacks: [make()] }))).rejects.toThrow(
        `learningRate must be a number for ${name}: the optimizer's schedule would set it again`,
      );
    },
  );

  it.each([
    [{ factor: 1 }, 'factor must be a number in (0, 1). Received: 1'],
    [{ cooldown: -1 }, 'cooldown must be an integer ≥ 0. Received: -1'],
    [{ minRate: NaN }, 'minRate must be a finite number ≥ 0. Received: NaN'],
  ])('refuses %o', (wrong, message) => {
    expect(() => reduceLROnPlateau(wrong)).toThrow(message);
  });
});

describe('terminateOnNaN', () => {
  it('ends the run in the epoch, in good order', async () => {
    const ended: string[] = [];
    const log: Callback = {
      onEpochEnd: (epoch) => void ended.push(`epoch ${epoch}`),
      onTrainEnd: () => void ended.push('training'),
    };
    const optimizer = tf.train.sgd(1e30);
    const callbacks = [terminateOnNaN(1), log];
    const { logs } = await fit(dense(), data, options({ optimizer, callbacks }));
    expect(logs.loss).toHaveLength(1);
    expect(ended).toEqual(['epoch 0', 'training']);
  });

  it('lets a healthy run be', async () => {
    const { logs } = await fit(dense(), data, options({ callbacks: [terminateOnNaN(1)] }));
    expect(logs.loss).toHaveLength(6);
  });

  it.each([0, 0.5, NaN])('refuses to look every %d batches', (every) => {
    expect(() => terminateOnNaN(every)).toThrow('every must be an integer of at least 1.');
  });
});

describe('modelCheckpoint', () => {
  it('saves every epoch, or the best ones', async () => {
    const epochs: number[] = [];
    const save = (_model: layers.LayersModel, epoch: number) => void epochs.push(epoch);
    await fit(dense(), data, options({ epochs: 3, callbacks: [modelCheckpoint({ save })] }));
    expect(epochs.splice(0)).toEqual([0, 1, 2]);
    const best = modelCheckpoint({ save, monitor: 'loss', saveBestOnly: true });
    const model = dense();
    for (const run of [1, 2]) {
      await best.onTrainBegin?.(trainingRun({ model, optimizer: tf.train.sgd(0.1) }));
      for (const [epoch, loss] of [3, NaN, 4, 2, 2].entries())
        await best.onEpochEnd?.(epoch, { loss });
      expect(epochs.splice(0), `run ${run}`).toEqual([0, 3]);
    }
  });

  it('goes on with the best of its state', async () => {
    const epochs: number[] = [];
    const make = () =>
      modelCheckpoint({
        ...{ monitor: 'loss', saveBestOnly: true },
        save: (_model, epoch) => void epochs.push(epoch),
      });
    const run = trainingRun({ model: dense(), optimizer: tf.train.sgd(0.1) });
    const first = make();
    await first.onTrainBegin?.(run);
    await first.onEpochEnd?.(0, { loss: 2 });
    const state = await first.saveState?.();
    const second = make();
    await second.onTrainBegin?.(run);
    await second.restoreState?.(state ?? null);
    for (const [i, loss] of [3, 1].entries()) await second.onEpochEnd?.(i + 1, { loss });
    expect(epochs).toEqual([0, 2]);
  });

  it('has a value to beat from the start', async () => {
    const epochs: number[] = [];
    const save = (_model: layers.LayersModel, epoch: number) => void epochs.push(epoch);
    const options = { save, monitor: 'loss', saveBestOnly: true, initialValueThreshold: 2.5 };
    const callback = modelCheckpoint(options);
    const run = trainingRun({ model: dense(), optimizer: tf.train.sgd(0.1) });
    await callback.onTrainBegin?.(run);
    for (const [epoch, loss] of [3, 2, 1].entries()) await callback.onEpochEnd?.(epoch, { loss });
    expect(epochs).toEqual([1, 2]);
  });
});

describe('a run', () => {
  it('goes on from an epoch', async () => {
    const epochs: number[] = [];
    const callback: Callback = { onEpochBegin: (epoch) => void epochs.push(epoch) };
    await fit(dense(), data, options({ initialEpoch: 4, callbacks: [callback] }));
    expect(epochs).toEqual([4, 5]);
  });

  it('is stopped after a batch', async () => {
    let batches = 0;
    let stop = (): void => {};
    const callback: Callback = {
      onTrainBegin: (run) => void ({ stop } = run),
      onBatchEnd() {
        if (++batches === 3) stop();
      },
    };
    const { logs } = await fit(dense(), data, options({ callbacks: [callback] }));
    expect(batches).toBe(3);
    expect(logs.loss).toHaveLength(2);
  });

  it.each([-1, 0.5, 7])('refuses the initialEpoch %d', async (initialEpoch) => {
    await expect(fit(dense(), data, options({ initialEpoch }))).rejects.toThrow(
      `initialEpoch must be an integer from 0 to epochs, 6. Received: ${initialEpoch}`,
    );
  });
});

it('stockConstraints makes max-norm hold in model.fit of tfjs-layers', async () => {
  const kernelConstraint = layers.constraints.maxNorm({ maxValue: 0.1, axis: 0 });
  const norm = async (constrained: boolean) => {
    const model = dense({ kernelConstraint });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const callbacks = constrained ? stockConstraints(model) : {};
    await model.fit(xs, ys, { epochs: 5, verbose: 0, callbacks });
    return tf.norm(model.getWeights()[0]!).dataSync()[0]!;
  };
  expect(await norm(true)).toBeLessThanOrEqual(0.1 + 1e-6);
  expect(await norm(false)).toBeGreaterThan(0.2);
});
