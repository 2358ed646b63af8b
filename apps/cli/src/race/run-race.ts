// Trains the lesson's model A by one optimizer after another, from the same weights and in the same order of images.

import { fit } from '@graftjs/training';
import type { Callback } from '@graftjs/core';
import { batchesOf, type TaskData } from '../demo/data.js';
import { networkA } from '../demo/networks.js';
import type { Progress } from '../terminal/progress.js';
import { contestants, type Contestant } from './contestants.js';

/** The loss is read, which waits for the device, every so many steps. */
const EVERY = 50;

export interface RacePoint {
  readonly step: number;
  /** Since the first step. */
  readonly seconds: number;
  /** Mean over the last steps. */
  readonly loss: number;
}

export interface RaceResult {
  readonly name: Contestant;
  readonly points: readonly RacePoint[];
  readonly trainLoss: number;
  readonly validationAccuracy: number;
  readonly seconds: number;
}

export interface RaceOptions {
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export async function raceOne(
  name: Contestant,
  data: TaskData,
  { epochs, batchSize, seed, progress, signal }: RaceOptions,
): Promise<RaceResult> {
  const model = networkA(seed);
  const optimizer = contestants[name]();
  const tracked = progress.track(name.padEnd(13), epochs);
  const points: RacePoint[] = [];
  try {
    const { logs } = await fit(model, batchesOf(data.train, batchSize, seed), {
      ...{
        optimizer,
        loss: 'sparseCategoricalCrossentropy',
        metrics: ['accuracy'],
        epochs,
        signal,
      },
      validation: data.validation,
      callbacks: [tracked, watch(points)],
    });
    const last = (log: string) => logs[log]?.at(-1) ?? NaN;
    const seconds = points.at(-1)?.seconds ?? NaN;
    tracked.done(
      `loss ${last('loss').toFixed(4)}, validation accuracy ${(100 * last('val_accuracy')).toFixed(2)} %, ` +
        `${seconds.toFixed(1)} s`,
    );
    return {
      ...{ name, points, seconds },
      ...{ trainLoss: last('loss'), validationAccuracy: last('val_accuracy') },
    };
  } finally {
    model.dispose();
    optimizer.dispose();
  }
}

/** Notes the mean loss of each stretch of steps, of the running means that training has. */
function watch(points: RacePoint[]): Callback {
  let started = 0;
  let before = { batches: 0, sum: 0 };
  return {
    onTrainBegin() {
      started = performance.now();
    },
    onEpochBegin() {
      before = { batches: 0, sum: 0 };
    },
    async onBatchEnd({ epoch, batch, batches, readLogs }) {
      const done = batch + 1;
      if (done % EVERY !== 0) return;
      const sum = ((await readLogs()).loss ?? NaN) * done;
      points.push({
        step: epoch * batches + done,
        seconds: (performance.now() - started) / 1000,
        loss: (sum - before.sum) / (done - before.batches),
      });
      before = { batches: done, sum };
    },
  };
}
