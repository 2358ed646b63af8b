// The callbacks that write logs: their files, and how they go on in a run that goes on.

import '@tensorflow/tfjs-backend-cpu';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import protobuf from 'protobufjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tensorDataset } from '@graftjs/test-utils';
import type { Callback, Logs } from '@graftjs/core';
import { fit, type FitOptions } from '../fit.js';
import { trainingRun } from '../testing/training-run.js';
import { csvLogger } from './csv-logger.js';
import { tensorBoard } from './tensor-board.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'graft-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = () =>
  trainingRun({
    model: sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] }),
    optimizer: tf.train.sgd(0.1),
  });

async function logged(callback: Callback, list: readonly Logs[], first = 0): Promise<void> {
  await callback.onTrainBegin?.(run());
  for (const [i, logs] of list.entries()) await callback.onEpochEnd?.(first + i, logs);
  await callback.onTrainEnd?.();
}

async function train(callback: Callback, more: Partial<FitOptions> = {}): Promise<Logs[]> {
  const seen: Logs[] = [];
  const data = tensorDataset(tf.ones([6, 1]), tf.ones([6, 1]), 2);
  const { model, optimizer } = run();
  await fit(model, data, {
    ...{ optimizer, loss: 'meanSquaredError', epochs: 2, ...more },
    callbacks: [callback, { onEpochEnd: (_, logs) => void seen.push(logs) }],
  });
  return seen;
}

describe('csvLogger', () => {
  const path = () => join(folder, 'log.csv');
  const content = () => readFileSync(path(), 'utf8').split('\r\n');

  it('writes what fit logs, in the order of the names', async () => {
    const validation = tensorDataset(tf.ones([2, 1]), tf.ones([2, 1]), 2);
    const logs = await train(csvLogger({ path: path() }), { validation });
    const rows = logs.map(({ loss, val_loss: held }, epoch) => `${epoch},${loss},${held}`);
    expect(content()).toEqual(['epoch,loss,val_loss', ...rows, '']);
  });

  it('has a row on the disk when its epoch has ended', async () => {
    const callback = csvLogger({ path: path() });
    await callback.onTrainBegin?.(run());
    await callback.onEpochEnd?.(0, { loss: 1 });
    expect(content()).toEqual(['epoch,loss', '0,1', '']);
  });

  it('keeps the columns of the first epoch, and quotes what needs it', async () => {
    const logs = [
      { loss: 0.5, 'a;"b"': NaN },
      { loss: 1e-9, more: 1 },
    ];
    await logged(csvLogger({ path: path(), separator: ';' }), logs);
    expect(content()).toEqual(['epoch;"a;""b""";loss', '0;NaN;0.5', '1;NA;1e-9', '']);
  });

  it('begins anew, or appends without a second header', async () => {
    await logged(csvLogger({ path: path() }), [{ loss: 5 }]);
    await logged(csvLogger({ path: path() }), [{ loss: 1 }]);
    await logged(csvLogger({ path: path(), append: true }), [{ loss: 2 }], 1);
    expect(content()).toEqual(['epoch,loss', '0,1', '1,2', '']);
  });

  it('goes on in its file, without the rows after the state', async () => {
    const first = csvLogger({ path: path() });
    await logged(first, [{ loss: 3 }]);
    const state = await first.saveState?.();
    await first.onEpochEnd?.(1, { loss: 2 });
    const second = csvLogger({ path: path() });
    await second.onTrainBegin?.(run());
    await second.restoreState?.(state ?? null);
    await second.onEpochEnd?.(1, { loss: 2.5 });
    expect(content()).toEqual(['epoch,loss', '0,3', '1,2.5', '']);
  });

  it('begins anew where the file of its state is gone, or another', async () => {
    const first = csvLogger({ path: path() });
    await logged(first, [{ loss: 3 }]);
    const state = await first.saveState?.();
    writeFileSync(path(), 'x');
    const second = csvLogger({ path: path() });
    await second.onTrainBegin?.(run());
    await second.restoreState?.(state ?? null);
    await second.onEpochEnd?.(1, { loss: 2.5 });
    expect(content()).toEqual(['epoch,loss', '1,2.5', '']);
  });

  it('says what it cannot take', async () => {
    expect(() => csvLogger({ path: 'a', separator: '\n' })).toThrow('separator must be one');
    const nowhere = csvLogger({ path: join(folder, 'missing', 'log.csv') });
    await expect(train(nowhere)).rejects.toThrow('path must be in a folder that exists');
    await expect(train(csvLogger({ path: folder }))).rejects.toThrow(`${folder} cannot be`);
  });
});

/** The events of the only file in a folder, read by what TensorFlow's documents say. */
function events(of: string): { step: number; fileVersion?: string; values: Logs }[] {
  const proto = `syntax = "proto3";
    message E { double t = 1; int64 step = 2; string version = 3; S summary = 5; }
    message S { repeated V value = 1; } message V { string tag = 1; float simple_value = 2; }`;
  const type = protobuf.parse(proto).root.lookupType('E');
  const [name, ...others] = readdirSync(join(folder, of));
  expect(others).toEqual([]);
  expect(name).toMatch(/^events\.out\.tfevents\.\d+\./);
  const bytes = readFileSync(join(folder, of, name as string));
  const list = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at));
    const event = type.decode(bytes.subarray(at + 12, at + 12 + length)) as unknown as {
      step: number | { toNumber(): number };
      version: string;
      summary?: { value: { tag: string; simpleValue: number }[] };
    };
    const values = (event.summary?.value ?? []).map((v) => [v.tag, v.simpleValue] as const);
    list.push({
      step: Number(String(event.step)),
      ...(event.version && { fileVersion: event.version }),
      values: Object.fromEntries(values),
    });
    at += 16 + length;
  }
  return list;
}

describe('tensorBoard', () => {
  const head = { step: 0, fileVersion: 'brain.Event:2', values: {} };

  it('writes the logs of epochs, those of validation apart', async () => {
    const logs = [
      { loss: 0.5, val_loss: 0.25 },
      { loss: 2, val_loss: NaN },
    ];
    await logged(tensorBoard({ logDir: folder }), logs);
    expect(events('train')).toEqual([
      head,
      { step: 0, values: { epoch_loss: 0.5 } },
      { step: 1, values: { epoch_loss: 2 } },
    ]);
    expect(events('validation').map(({ values }) => values)).toEqual([
      {},
      { epoch_loss: 0.25 },
      { epoch_loss: NaN },
    ]);
  });

  it('frames records as TensorFlow does', async () => {
    await logged(tensorBoard({ logDir: folder }), [{ loss: 1 }]);
    const [name = ''] = readdirSync(join(folder, 'train'));
    const bytes = readFileSync(join(folder, 'train', name));
    // What TFRecordWriter of TensorFlow 2.21 begins a record of 24 bytes with.
    expect(bytes.toString('hex', 0, 12)).toBe('1800000000000000a37f4b22');
  });

  it('writes batches, numbered over the epochs, where it is asked to', async () => {
    await train(tensorBoard({ logDir: folder, updateFreq: 2 }));
    const written = events('train').map(({ step, values }) => [step, Object.keys(values).join()]);
    expect(written).toEqual([
      [0, ''],
      [1, 'batch_loss'],
      [0, 'epoch_loss'],
      [3, 'batch_loss'],
      [5, 'batch_loss'],
      [1, 'epoch_loss'],
    ]);
    expect(() => readdirSync(join(folder, 'validation'))).toThrow('ENOENT');
  });

  it('says what it cannot take', async () => {
    expect(() => tensorBoard({ updateFreq: 0 })).toThrow('updateFreq must be');
    writeFileSync(join(folder, 'file'), '');
    const logDir = join(folder, 'file');
    await expect(logged(tensorBoard({ logDir }), [{ loss: 1 }])).rejects.toThrow(
      'cannot be written',
    );
  });
});
