// Runs that are cut off and go on in the same process, on both engines; files that are none; runs that have ended.

import '@tensorflow/tfjs-backend-cpu';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import type { Callback } from '@graftjs/core';
import { SGD } from '@graftjs/optimizers';
import { importTensorFlow } from '@graftjs/test-utils';
import { earlyStopping, fit, type FitOptions } from '@graftjs/training';
import { backupAndRestore, csvLogger } from '@graftjs/training/node';
import { expectClose, numbers } from '../engines.js';
import { outcome, setUp, type Problem } from './setup.js';

const withTensorFlow = await importTensorFlow();
let folder: string;
let path: string;
let kept: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'graft-restore-'));
  path = join(folder, 'backup.safetensors');
  kept = join(folder, 'kept.safetensors');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Ends the run as a signal does. */
const cutAt = (epoch: number, batch: number): Callback => ({
  onBatchEnd(end) {
    if (end.epoch === epoch && end.batch === batch) throw new Error('cut');
  },
});

interface Cut {
  readonly at: readonly [number, number];
  readonly everyBatches?: number;
}

/** Trains from a copy of the backup that was kept, to the end or to where it is cut. */
async function run(cut?: Cut, more: Partial<FitOptions> = {}, seed?: number): Promise<Problem> {
  const problem = setUp(seed);
  const every = cut?.everyBatches;
  const callbacks = [
    ...(problem.options.callbacks ?? []),
    backupAndRestore({ path, ...(every !== undefined && { everyBatches: every }) }),
    cut ? cutAt(...cut.at) : {},
  ];
  const training = fit(problem.model, problem.data, { ...problem.options, ...more, callbacks });
  if (cut) await expect(training).rejects.toThrow('cut');
  else Object.assign(problem, { result: await outcome(problem, (await training).logs) });
  return problem;
}

/** The end of an unbroken run, and that of one from the same begin that is cut and goes on. */
async function bothWays(cut: Cut, more: Partial<FitOptions> = {}) {
  await run({ at: [0, 0] }, more);
  copyFileSync(path, kept);
  const unbroken = await run(undefined, more);
  expect(existsSync(path)).toBe(false);
  copyFileSync(kept, path);
  await run(cut, more);
  return [unbroken, await run(undefined, more)] as const;
}

const resultOf = (problem: Problem) => (problem as Problem & { result: string }).result;
const cuts: Cut[] = [{ at: [2, 3] }, { at: [1, 4], everyBatches: 2 }];

describe('backupAndRestore on cpu', () => {
  beforeAll(() => tf.setBackend('cpu'));

  it.each(cuts)('is exact where nothing has a seed: cut at $at', async (cut) => {
    const [unbroken, resumed] = await bothWays(cut);
    expect(resultOf(resumed)).toBe(resultOf(unbroken));
  });

  it('leaves no tensor behind', async () => {
    const problem = setUp(1);
    const callbacks = [backupAndRestore({ path, everyBatches: 2 })];
    const options = { ...problem.options, callbacks };
    await fit(problem.model, problem.data, { ...options, epochs: 1 });
    const { numTensors } = tf.memory();
    const cut = { ...options, callbacks: [...callbacks, cutAt(0, 3)] };
    await expect(fit(problem.model, problem.data, cut)).rejects.toThrow('cut');
    const again = { ...options, callbacks: [...callbacks, {}] };
    await fit(problem.model, problem.data, again);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('gives the result of a run that has ended once more, where the file is kept', async () => {
    const train = async () => {
      const problem = setUp(1);
      const stopping = earlyStopping({
        monitor: 'loss',
        patience: 0,
        minDelta: 10,
        restoreBestWeights: true,
      });
      let batches = 0;
      const count: Callback = { onBatchEnd: () => void (batches += 1) };
      const backup = backupAndRestore({ path, deleteCheckpoint: false });
      const callbacks = [backup, stopping, count, csvLogger({ path: join(folder, 'log.csv') })];
      const { logs } = await fit(problem.model, problem.data, { ...problem.options, callbacks });
      const log = readFileSync(join(folder, 'log.csv'), 'utf8');
      return { batches, log, result: await outcome(problem, logs), stopped: stopping.stoppedEpoch };
    };
    const first = await train();
    expect(first).toMatchObject({ batches: 12, stopped: 1 });
    expect(await train()).toEqual({ ...first, batches: 0 });
  });
});

describe.runIf(withTensorFlow)('backupAndRestore on TensorFlow', () => {
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
  });

  it.each(cuts)('is exact op by op: cut at $at', async (cut) => {
    const [unbroken, resumed] = await bothWays(cut, { runEagerly: true });
    expect(resultOf(resumed)).toBe(resultOf(unbroken));
  });

  it.each(cuts)('differs by rounding in compiled steps: cut at $at', async (cut) => {
    const [unbroken, resumed] = await bothWays(cut);
    const weights = ({ model }: Problem) => model.getWeights().map(numbers);
    expectClose(weights(resumed), weights(unbroken), 1e-5);
  });
});

describe('a backup', () => {
  const small = (units = 1) =>
    layers.sequential({ layers: [layers.layers.dense({ units, inputShape: [1] })] });
  const batches = (examples: number) => ({
    ...{ batches: 1, examples, saveState: () => null, restoreState: () => undefined },
    async *[Symbol.asyncIterator]() {
      yield { xs: tf.ones([examples, 1]), ys: tf.ones([examples, 1]) };
    },
  });
  const backup = () => backupAndRestore({ path, deleteCheckpoint: false });
  const train = (more: Partial<FitOptions> = {}, model = small(), data: object = batches(2)) =>
    fit(model, data as ReturnType<typeof batches>, {
      ...{ optimizer: new SGD(), loss: 'meanSquaredError', epochs: 1, callbacks: [backup()] },
      ...more,
    });

  it('of another run is refused, and the model left as it is', async () => {
    await train();
    const model = small(2);
    const before = model.getWeights().map(numbers);
    const other = 'the state is that of another run. It has';
    await expect(train({}, model)).rejects.toThrow(
      `${other} weights of the shapes [1,1] [1]; here: [1,2] [2]`,
    );
    expect(model.getWeights().map(numbers)).toEqual(before);
    await expect(train({ optimizer: tf.train.sgd(0.1) })).rejects.toThrow(
      `${other} the optimizer GraftSGD; here: SGD`,
    );
    await expect(train({}, small(), batches(3))).rejects.toThrow(`${other} examples: 2; here: 3`);
    await expect(train({ callbacks: [backup(), {}] })).rejects.toThrow(
      `${other} callbacks: 1; here: 2`,
    );
  });

  it.each<[string, (file: Buffer) => Buffer | string]>([
    ['empty', () => ''],
    ['cut off', (file) => file.subarray(0, -1)],
    ['changed in a weight', (file) => (file.writeUInt8(1, file.length - 2), file)],
    [
      'changed in its header',
      (file) => Buffer.from(file.toString('latin1').replace('[1]', '[2]'), 'latin1'),
    ],
    ['some JSON', () => '{"weights": [1, 2, 3]}'],
    ['of a header without end', () => Buffer.alloc(64, 0xff)],
  ])('that is %s is one clear line', async (_, damage) => {
    await train();
    writeFileSync(path, damage(readFileSync(path)));
    await expect(train()).rejects.toThrow(
      `${path} must be the state of a run that was written by @graftjs/training, whole; remove it to start afresh`,
    );
  });

  it('cannot be had where a folder is, or none', async () => {
    path = folder;
    await expect(train()).rejects.toThrow(`${folder} cannot be read: EISDIR`);
    path = join(folder, 'missing', 'backup');
    await expect(train()).rejects.toThrow(`${path} cannot be written: ENOENT`);
  });

  it('needs data that go on from a state, from the start', async () => {
    const plain = { ...batches(2), saveState: undefined };
    await expect(train({}, small(), plain)).rejects.toThrow(
      'data must have saveState and restoreState, for a run to go on from where it was',
    );
  });

  it('goes on with stock optimizers, and from a model whose layers have other names', async () => {
    // What stock optimizers save: not all of Adam's state, but all of this one's.
    const momentum = () => tf.train.momentum(0.1, 0.9);
    const [whole, cut] = [small(), small()];
    cut.setWeights(whole.getWeights());
    rmSync(path, { force: true });
    const { logs } = await train({ optimizer: momentum(), epochs: 4, callbacks: [] }, whole);
    await train({ optimizer: momentum(), epochs: 2 }, cut);
    const resumed = small();
    const again = await train({ optimizer: momentum(), epochs: 4 }, resumed);
    expectClose(Object.values(again.logs), Object.values(logs), 1e-6);
    expectClose(resumed.getWeights().map(numbers), whole.getWeights().map(numbers), 1e-6);
  });

  it('says what it cannot take', () => {
    expect(() => backupAndRestore({ path: '' })).toThrow('path must be a file. Received: ""');
    expect(() => backupAndRestore({ path, everyBatches: 0 })).toThrow('everyBatches must be');
  });
});
