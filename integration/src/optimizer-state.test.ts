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
import {
  modelToKeras,
  optimizerOptions,
  restoreOptimizer,
  resumableFromKeras,
} from '@graftjs/keras-format';
import {
  loadModel,
  loadResumable,
  loadWeights,
  saveModel,
  saveWeights,
} from '@graftjs/keras-format/node';
import {
  Adadelta,
  Adafactor,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  Ftrl,
  Lamb,
  Lion,
  Muon,
  Nadam,
  RMSprop,
  type RuleOptimizer,
  SGD,
} from '@graftjs/optimizers';
import { cosine, warmUp } from '@graftjs/schedules';
import { tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';
import { findPython } from '../../reference/find-python.mjs';

const fixtures = fileURLToPath(
  new URL('../../reference/fixtures/optimizer-state/', import.meta.url),
);
interface Fixture {
  readonly saved: number;
  readonly x: number[];
  readonly y: number[];
  readonly losses: Readonly<Record<string, number[]>>;
}
const fixture = JSON.parse(readFileSync(`${fixtures}cases.json`, 'utf8')) as Fixture;
const { saved, losses } = fixture;

const loss = 'meanSquaredError';
const optimizers: Record<string, () => RuleOptimizer> = {
  sgd: () => new SGD({ learningRate: 0.02, momentum: 0.9 }),
  nesterov: () => new SGD({ learningRate: 0.02, momentum: 0.9, nesterov: true }),
  rmsprop: () => new RMSprop({ learningRate: 0.01 }),
  'rmsprop-centered': () => new RMSprop({ learningRate: 0.005, momentum: 0.5, centered: true }),
  adam: () => new Adam({ learningRate: 0.01 }),
  scheduled: () => new Adam({ learningRate: warmUpAndDown }),
  amsgrad: () => new Adam({ learningRate: 0.01, amsgrad: true }),
  nadam: () => new Nadam({ learningRate: 0.01 }),
  adafactor: () => new Adafactor({ learningRate: 0.01 }),
  muon: () => new Muon({ learningRate: 0.01, decays: 'all', excludeLayers: ['first'] }),
  options: () =>
    new Adam({
      ...{ learningRate: 0.02, useEma: true, emaMomentum: 0.8, emaOverwriteFrequency: 2 },
      gradientAccumulationSteps: 4,
    }),
};
/** Their slots are in files as those of others; Keras has none of theirs saved. */
const alike: typeof optimizers = {
  adagrad: () => new Adagrad({ learningRate: 0.1 }),
  adadelta: () => new Adadelta({ learningRate: 0.5 }),
  adamw: () => new AdamW({ learningRate: 0.01, weightDecay: 0.1, decays: 'all', clipnorm: 0.5 }),
  adamax: () => new Adamax({ learningRate: 0.01 }),
  lion: () => new Lion({ learningRate: 0.005 }),
  lamb: () => new Lamb({ learningRate: 0.01 }),
  ftrl: () => new Ftrl({ learningRate: 0.1, l2RegularizationStrength: 0.01 }),
};
const warmUpAndDown = warmUp(cosine({ initialRate: 0.02, decaySteps: 12, alpha: 0.1 }), 5);
const inKerasFiles = Object.keys(optimizers);
const makeOptimizer = (name: string) => (optimizers[name] ?? alike[name])?.() as RuleOptimizer;
const names = [...inKerasFiles, ...Object.keys(alike)];
const inOtherFormats = ['sgd', 'rmsprop', 'adam', 'scheduled'];

/** By Keras's class; the rate comes with the state. */
const classes: Record<string, new (options: object) => RuleOptimizer> = {
  ...{ SGD, RMSprop, Adam, Adadelta, Adamax },
};

/** The loss of each step before its update: an epoch has one batch. */
async function train(
  model: LayersModel,
  optimizer: RuleOptimizer,
  steps: number,
  { x, y } = fixture,
) {
  const examples = y.length;
  const data = tensorDataset(tf.tensor(x, [examples, 4]), tf.tensor(y, [examples, 1]), examples);
  const { logs } = await fit(model, data, { optimizer, loss, epochs: steps });
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
    ...inKerasFiles.map((name) => [name, `${name}.keras`] as const),
    ...inOtherFormats.map((name) => [name, `${name}.h5`] as const),
  ];
  it.each(files)('%s from %s', async (name, file) => {
    const { model, optimizerState, loss: stored } = await loadResumable(fixtures + file);
    expect(stored).toBe(loss);
    // The rate comes with the state.
    const optimizer = makeOptimizer(name);
    optimizer.learningRate = 1;
    if (!optimizerState) throw new Error('no state');
    expect(optimizerState.iterations).toBe(saved);
    await restoreOptimizer(optimizer, optimizerState, model);
    expectLosses(await train(model, optimizer, 10), losses[name]?.slice(saved) ?? []);
    model.dispose();
    optimizer.dispose();
  });

  it.each(inOtherFormats)('%s from weights', async (name) => {
    const model = await loadModel(`${fixtures}initial.keras`);
    const optimizer = makeOptimizer(name);
    if (name !== 'scheduled') optimizer.learningRate = 1;
    await loadWeights(model, `${fixtures}${name}.weights.h5`, { optimizer });
    expect(optimizer.iterations).toBe(saved);
    expectLosses(await train(model, optimizer, 10), losses[name]?.slice(saved) ?? []);
    model.dispose();
    optimizer.dispose();
  });
});

describe('ten steps in Keras 2, then ten here', () => {
  const folder = fileURLToPath(new URL('../../reference/keras2/fixtures/', import.meta.url));
  const inKeras2 = JSON.parse(readFileSync(`${folder}training.json`, 'utf8')) as Fixture;

  it.each(Object.entries(inKeras2.losses))('%s', async (name, expected) => {
    const { model, optimizerState } = await loadResumable(`${folder}training-${name}.h5`);
    if (!optimizerState) throw new Error('no state');
    const Optimizer = classes[optimizerState.name] as (typeof classes)[string];
    const optimizer = new Optimizer(optimizerOptions(optimizerState));
    await restoreOptimizer(optimizer, optimizerState, model);
    expect(optimizer.iterations).toBe(inKeras2.saved);
    const { saved: before } = inKeras2;
    expectLosses(await train(model, optimizer, 10, inKeras2), expected.slice(before));
    model.dispose();
    optimizer.dispose();
  });
});

const { python, missing } = findPython();
if (missing) console.warn(`Training is not gone on with in Keras: ${missing}`);
/** Keras 3.15 writes no .h5 file with Lamb that it can read. */
const formatsOf = (name: string) => (name === 'lamb' ? ['keras'] : ['keras', 'h5']);

describe('ten steps here, then ten', () => {
  let folder = '';
  let inKeras: Record<string, number[]> = {};
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'graft-optimizer-state-'));
    for (const name of names) {
      const model = await loadModel(`${fixtures}initial.keras`);
      const optimizer = makeOptimizer(name);
      expectLosses(await train(model, optimizer, saved), losses[name]?.slice(0, saved) ?? []);
      for (const format of formatsOf(name)) {
        await saveModel(model, join(folder, `${name}.${format}`), { optimizer, loss });
      }
      await saveWeights(model, join(folder, `${name}.weights.h5`), { optimizer, loss });
      model.dispose();
      optimizer.dispose();
    }
    if (!python) return;
    await writeFile(
      join(folder, 'data.json'),
      JSON.stringify({ steps: 10, x: fixture.x, y: fixture.y }),
    );
    const script = fileURLToPath(new URL('../../reference/resume.py', import.meta.url));
    await promisify(execFile)(python, [script, folder]);
    inKeras = JSON.parse(await readFile(join(folder, 'losses.json'), 'utf8')) as typeof inKeras;
  }, 180_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const files = names.flatMap((name) =>
    formatsOf(name).map((format) => [name, `${name}.${format}`]),
  );
  it.each(files)('%s from %s here', async (name = '', file = '') => {
    const { model, optimizerState } = await loadResumable(join(folder, file));
    const optimizer = makeOptimizer(name);
    if (!optimizerState) throw new Error('no state');
    await restoreOptimizer(optimizer, optimizerState, model);
    expectLosses(await train(model, optimizer, 10), losses[name]?.slice(saved) ?? []);
    model.dispose();
    optimizer.dispose();
  });

  it.each(names)('%s from weights here', async (name) => {
    const model = await loadModel(`${fixtures}initial.keras`);
    const optimizer = makeOptimizer(name);
    await loadWeights(model, join(folder, `${name}.weights.h5`), { optimizer });
    expectLosses(await train(model, optimizer, 10), losses[name]?.slice(saved) ?? []);
    model.dispose();
    optimizer.dispose();
  });

  const inPython = [...files, ...names.map((name) => [name, `${name}.weights.h5`])];
  it.skipIf(missing).each(inPython)('%s from %s in Keras', (name = '', file = '') => {
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

  it('a constant rate where that of the state is a schedule that we lack', async () => {
    const { model } = await load();
    const config = { learning_rate: { class_name: 'Mine', config: {} } };
    const state = { name: 'SGD', config, iterations: 7, slots: new Map() };
    const [constant, scheduled] = [new SGD({ learningRate: 0.1 }), new SGD({ learningRate: warmUpAndDown })]; // prettier-ignore
    await expect(restoreOptimizer(constant, state, model)).rejects.toThrow(
      "learningRate of optimizer must be a schedule: the state's is Mine of Keras's, which has no counterpart here. Received: 0.1",
    );
    expect(constant.iterations).toBe(0);
    await restoreOptimizer(scheduled, state, model);
    expect(scheduled.iterations).toBe(7);
    model.dispose();
  });

  it.each<[string, () => RuleOptimizer, string]>([
    [
      'another optimizer',
      () => new SGD(),
      'must have 0 slots (SGD, 8 trainable weights). Received: ',
    ],
    ['stock tfjs', () => tf.train.adam() as never, 'must be one of @graftjs/optimizers'],
  ])(
    '%s for the state of a file of weights; the model is then as it was',
    async (_, make, message) => {
      // prettier-ignore
      const { model } = await load();
      model.setWeights(model.getWeights().map((weight) => tf.onesLike(weight)));
      const loading = loadWeights(model, `${fixtures}adam.weights.h5`, { optimizer: make() });
      await expect(loading).rejects.toThrow(message);
      expect(model.getWeights().every((weight) => tf.min(weight).dataSync()[0] === 1)).toBe(true);
      model.dispose();
    },
  );

  it('a file of weights without a state', async () => {
    const files = ['../keras-files/nested.weights.h5', '../keras-files/nested-older-weights.h5'];
    const nested = await loadModel(`${fixtures}../h5-models/nested.h5`);
    for (const file of files) {
      const loading = loadWeights(nested, fixtures + file, { optimizer: new Adam() });
      await expect(loading).rejects.toThrow(/weights\.h5 holds no state of an optimizer$/);
    }
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
      'optimizer cannot be written: Keras has no schedule that computes what its learning rate does',
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
