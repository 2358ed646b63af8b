// Saves the state of a run in a file while it trains, and lets a run that was cut off go on from there.

import { rm } from 'node:fs/promises';
import { disposeState, invalidArgument, type Callback, type TrainingRun } from '@graftjs/core';
import { readState, writeState } from './state-file.js';

/** Options of {@link backupAndRestore}. */
export interface BackupOptions {
  /** The file; its folder has to exist. It is written beside its place and renamed, so that it is always whole. */
  readonly path: string;
  /**
   * Batches after which the state is saved within an epoch, too: a number of at least 1. A run that goes on there has the
   * data set make the batches that are done once more. Default: only between epochs.
   */
  readonly everyBatches?: number;
  /**
   * Whether the file is removed when training ends in good order, as in Keras. Where it is kept, a run that has ended does
   * nothing but give its result again: for work of several runs. Default: true.
   */
  readonly deleteCheckpoint?: boolean;
}

/**
 * Saves the run's state before the first epoch and after each one, and takes it up again where the file is there when
 * training begins, as `keras.callbacks.BackupAndRestore` does. A run that was killed and started again with the same
 * model, data and options, ends with the weights that it would have had without that: they, the optimizer, the rate, the
 * order of the data, what dropout and the layers that change images draw, the history and the other callbacks go on from
 * where they were. On the cpu backend and in steps that run op by op this is exact to the bit; compiled steps round
 * otherwise than the first two after a start.
 *
 * What draws by `Math.random` goes on without that: AlphaDropout, dropout in recurrent layers, augmentation of your own. An
 * optimizer of `tf.train` goes on with what its `getWeights` gives, which for Adam is not all.
 *
 * @throws GraftError in training where the file is no whole state, or that of another model, optimizer, data or list of
 *   callbacks, or cannot be written, and for data without `saveState`
 * @example
 * import { backupAndRestore } from '@graftjs/training/node';
 * await fit(model, train, {
 *   ...{ optimizer, loss, epochs: 20 },
 *   callbacks: [backupAndRestore({ path: 'run/backup.safetensors', everyBatches: 500 })],
 * });
 */
export function backupAndRestore(options: BackupOptions): Callback {
  const { path, everyBatches, deleteCheckpoint = true } = options;
  if (typeof path !== 'string' || path === '') throw invalidArgument('path', 'a file', path);
  if (everyBatches !== undefined && !(Number.isSafeInteger(everyBatches) && everyBatches >= 1))
    throw invalidArgument('everyBatches', 'an integer of at least 1', everyBatches);
  let run: TrainingRun | undefined;
  return {
    async onTrainBegin(started) {
      run = started;
      const state = await readState(path);
      if (state !== undefined) run.restoreState(state);
    },
    async onSettled({ batch }) {
      if (!run || (batch > 0 && (everyBatches === undefined || batch % everyBatches > 0))) return;
      const state = await run.saveState();
      try {
        await writeState(path, state);
      } finally {
        disposeState(state);
      }
    },
    async onTrainEnd() {
      if (deleteCheckpoint) await rm(path, { force: true });
    },
  };
}
