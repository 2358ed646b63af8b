// Training that is cut in the middle, saved, and gone on with on the other side of Keras's formats: the losses are those
// of one that was not cut.

import '@tensorflow/tfjs-backend-cpu';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelToKeras, restoreOptimizer, resumableFromKeras } from '@graftjs/keras-format';
import { loadModel, loadResumable, saveModel } from '@graftjs/keras-format/node';
import { Adam, RMSprop, type RuleOptimizer, SGD } from '@graftjs/optimizers';
import { tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';
import { findPython } from '../../reference/find-python.mjs';

const fixtures = fileURLToPath(
  new URL('../../reference/fixtures/optimizer-state/', import.meta.url),
);
const { saved, x, y, losses } = JSON.parse(readFileSync(`${fixtures}cases.json`, 'utf8')) as {
  saved: number;
  x: number[];
  y: number[];
  losses: Record<string, number[]>;
};

const loss = 'meanSquaredError';
const optimizers: Record<string, () => RuleOptimizer> = {
  sgd: () => new SGD({ learningRate: 0.02, momentum: 0.9 }),
  nesterov: () => new SGD({ learningRate: 0.02, momentum: 0.9, nesterov: true }),
  rmsprop: () => new RMSprop({ learningRate: 0.01 }),
  'rmsprop-centered': () => new RMSprop({ learningRate: 0.005, momentum: 0.5, centered: true }),
  adam: () => new Adam({ learningRate: 0.01 }),
};
const names = Object.keys(optimizers);
const withH5 = ['sgd', 'rmsprop', 'adam'];

const examples = y.length;
const data = () =>
  tensorDataset(tf.tensor(x, [examples, 4]), tf.tensor(y, [examples, 1]), examples);

/** The loss of each step before its update: an epoch has one batch. */
async function train(model: LayersModel, optimizer: RuleOptimizer, steps: number) {
  const { logs } = await fit(model, data(), { optimizer, loss, epochs: steps });
  return logs.loss ?? [];
}

function expectLosses(received: readonly number[], expected: readonly number[]): void {
  expect(received).toHaveLength(expected.length);
  const errors = received.map((value, i) => {
    const wanted = expected[i] ?? NaN;
    return Math.abs(value - wanted) / Math.max(1, wanted);
  });
  expect(Math.max(...errors)).toBeLessThan(1e-5);
}

describe('ten steps in Keras, then ten here', () => {
  const files = [
    ...names.map((name) => [name, `${name}.keras`] as const),
    ...withH5.map((name) => [name, `${name}.h5`] as const),
  ];
  it.each(files)('%s from %s', async (name, file) => {
    const { model, optimizerState, loss: stored } = await loadResumable(fixtures + file);
    expect(stored).toBe(loss);
    // The rate comes with the state.
    const optimizer = optimizers[name]?.() as RuleOptimizer;
    optimizer.learningRate = 1;
    if (!optimizerState) throw new Error('no state');
    expect(optimizerState.iterations).toBe(saved);
    await restoreOptimizer(optimizer, optimizerState, model);
    expectLosses(await train(model, optimizer, 10), losses[name]?.slice(saved) ?? []);
    model.dispose();
    optimizer.dispose();
  });
});

const { python, missing } = findPython();
if (missing) console.warn(`Training is not gone on with in Keras: ${missing}`);
describe('ten steps here, then ten', () => {
  let folder = '';
  let inKeras: Record<string, number[]> = {};
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'graft-optimizer-state-'));
    for (const name of names) {
      const model = await loadModel(`${fixtures}initial.keras`);
      const optimizer = optimizers[name]?.() as RuleOptimizer;
      expectLosses(await train(model, optimizer, saved), losses[name]?.slice(0, saved) ?? []);
      for (const format of ['keras', 'h5']) {
        await saveModel(model, join(folder, `${name}.${format}`), { optimizer, loss });
      }
      model.dispose();
      optimizer.dispose();
    }
    if (!python) return;
    await writeFile(join(folder, 'data.json'), JSON.stringify({ steps: 10, x, y }));
    const script = fileURLToPath(new URL('../../reference/resume.py', import.meta.url));
    await promisify(execFile)(python, [script, folder]);
    inKeras = JSON.parse(await readFile(join(folder, 'losses.json'), 'utf8')) as typeof inKeras;
  }, 180_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const files = names.flatMap((name) =>
    [`${name}.keras`, `${name}.h5`].map((file) => [name, file]),
  );
  it.each(files)('%s from %s here', async (name = '', file = '') => {
    const { model, optimizerState } = await loadResumable(join(folder, file));
    const optimizer = optimizers[name]?.() as RuleOptimizer;
    if (!optimizerState) throw new Error('no state');
    await restoreOptimizer(optimizer, optimizerState, model);
    expectLosses(await train(model, optimizer, 10), losses[name]?.slice(saved) ?? []);
    model.dispose();
    optimizer.dispose();
  });

  it.skipIf(missing).each(files)('%s from %s in Keras', (name = '', file = '') => {
    expectLosses(inKeras[file] ?? [], losses[name]?.slice(saved) ?? []);
  });
});

describe('restoreOptimizer and saving refuse', () => {
  const load = () => loadResumable(`${fixtures}adam.keras`);

  it.each<[string, () => RuleOptimizer, string]>([
    ['another class', () => new RMSprop(), 'optimizer must be of class Adam. Received: "RMSprop"'],
    ['stock tfjs', () => tf.train.adam() as never, 'must be one of @graftjs/optimizers'],
  ])('%s', async (_, make, message) => {
    const { model, optimizerState } = await load();
    if (!optimizerState) throw new Error('no state');
    await expect(restoreOptimizer(make(), optimizerState, model)).rejects.toThrow(message);
    model.dispose();
  });

  it('other slots, and the optimizer is as it was', async () => {
    const { model, optimizerState } = await loadResumable(`${fixtures}sgd.keras`);
    if (!optimizerState) throw new Error('no state');
    const plain = new SGD();
    await expect(restoreOptimizer(plain, optimizerState, model)).rejects.toThrow(
      'optimizer must be one with the slots of the state (momentum). Received: []',
    );
    expect(plain.iterations).toBe(0);
    model.dispose();
  });

  it('another model, and other shapes', async () => {
    const [{ model, optimizerState }, other] = [await load(), await load()];
    if (!optimizerState) throw new Error('no state');
    const [[path, slots] = ['', {}]] = optimizerState.slots;
    const strange = { ...optimizerState, slots: new Map([['no/kernel', slots]]) };
    await expect(restoreOptimizer(new Adam(), strange, other.model)).rejects.toThrow(
      "the optimizer's state is of no/kernel, which the model has not",
    );
    const wrong = { shape: [1], data: Float32Array.of(1) };
    const small = { momentum: wrong, velocity: wrong };
    const misshapen = { ...optimizerState, slots: new Map([[path, small]]) };
    await expect(restoreOptimizer(new Adam(), misshapen, model)).rejects.toThrow(
      /must have the shape \[.+\]\. Received: \[1\]$/,
    );
    model.dispose();
    other.model.dispose();
  });

  it('what a file cannot hold', async () => {
    const { model } = await load();
    const save = (training: Parameters<typeof modelToKeras>[1]) => modelToKeras(model, training);
    await expect(save({ loss })).rejects.toThrow('optimizer must be given where loss or metrics');
    await expect(save({ optimizer: new Adam({ learningRate: () => 0.1 }) })).rejects.toThrow(
      'optimizer cannot be written: its learning rate is a schedule',
    );
    await expect(save({ optimizer: tf.train.adam() as never })).rejects.toThrow(
      'optimizer must be one of @graftjs/optimizers',
    );
    model.dispose();
  });
});

it('loss and metrics come back with the names that they have here', async () => {
  const { model } = await loadResumable(`${fixtures}adam.keras`);
  const training = {
    optimizer: new Adam(),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  };
  const again = await resumableFromKeras(await modelToKeras(model, training));
  expect(again.loss).toBe('sparseCategoricalCrossentropy');
  expect(again.metrics).toEqual(['accuracy']);
  expect(again.optimizerState?.slots.size).toBe(model.trainableWeights.length);
  model.dispose();
  again.model.dispose();
});
