// One epoch of training: batch after batch, with the callbacks that listen, from where the run is.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError, type Batch, type Callback, type Dataset, type Logs } from '@graftjs/core';
import { tellAll } from './tell-all.js';
import type { Objective } from './objective.js';
import { pacer } from './pacer.js';
import type { PauseController } from './pause-controller.js';
import type { RunningTotals } from './running-totals.js';
import type { ModelStep } from './make-step.js';

export interface EpochRun {
  readonly data: Dataset;
  readonly step: ModelStep;
  readonly objective: Objective;
  readonly callbacks: readonly Callback[];
  /** Aborted once a callback has asked for the end. */
  readonly stopped: AbortSignal;
  readonly signal: AbortSignal | undefined;
  readonly pause: PauseController | undefined;
  readonly running: RunningTotals;
}

/** What moves on while an epoch is trained. */
export interface Position {
  epoch: number;
  batch: number;
}

/** Trains what is left of the epoch that `position` is in. */
export async function fitEpoch(run: EpochRun, position: Position): Promise<Logs> {
  const { data, step, objective, callbacks, stopped, signal, pause, running } = run;
  const pace = pacer(signal);
  const { batches } = data;
  const { epoch, batch: done } = position;
  let seen = 0;
  for await (const batch of data) {
    const index = seen++;
    // A run that goes on has trained on these.
    if (index < done) {
      dispose(batch);
      continue;
    }
    if (stopped.aborted) {
      dispose(batch);
      break;
    }
    try {
      objective.check(batch);
      running.add(step.run(batch), batch.xs.shape[0] as number);
    } finally {
      dispose(batch);
    }
    position.batch = index + 1;
    const end = { epoch, batch: index, batches, readLogs: () => running.read() };
    await tellAll(callbacks, (c) => c.onBatchEnd?.(end));
    await tellAll(callbacks, (c) => c.onSettled?.({ ...position }));
    if (stopped.aborted) break;
    await pace();
    if (pause?.paused) {
      step.synchronise();
      await pause.untilResumed(signal);
      signal?.throwIfAborted();
    }
  }
  if (seen === 0) throw new GraftError(`data gave no batch in epoch ${epoch + 1}`);
  return running.read();
}

function dispose(batch: Batch): void {
  tf.dispose({ ...batch });
}
