// Writes the logs of a run as files that TensorBoard shows.

import { join } from 'node:path';
import { invalidArgument, type Callback, type Logs } from '@graftjs/core';
import { EventFile } from './event-file.js';

/** Options of {@link tensorBoard}. */
export interface TensorBoardOptions {
  /** The folder that TensorBoard is pointed to; it is made where it is not there. Default: `logs`, as in Keras. */
  readonly logDir?: string;
  /**
   * Batches after which the means of the epoch so far are written, too; each time waits for the device. Default: `'epoch'`,
   * which is only after epochs.
   */
  readonly updateFreq?: 'epoch' | 'batch' | number;
}

/**
 * Writes the logs for TensorBoard, as `keras.callbacks.TensorBoard` does: in the sub-folders `train` and `validation`, as
 * `epoch_loss` and so on over the number of the epoch and, with an `updateFreq`, `batch_loss` over that of the batch.
 * Graphs, histograms and profiles are not written.
 *
 * @throws GraftError for an `updateFreq` that is none, and in training where the folder cannot be written to
 * @example
 * import { tensorBoard } from '@graftjs/training/node';
 * await fit(model, train, { ...options, callbacks: [tensorBoard({ logDir: 'run/logs' })] });
 * // tensorboard --logdir run/logs
 */
export function tensorBoard(options: TensorBoardOptions = {}): Callback {
  const { logDir = 'logs', updateFreq = 'epoch' } = options;
  const every = updateFreq === 'batch' ? 1 : updateFreq;
  if (every !== 'epoch' && !(Number.isSafeInteger(every) && every >= 1))
    throw invalidArgument('updateFreq', "'epoch', 'batch' or an integer of at least 1", every);
  let train = new EventFile(join(logDir, 'train'));
  let validation = new EventFile(join(logDir, 'validation'));
  return {
    onTrainBegin() {
      train = new EventFile(join(logDir, 'train'));
      validation = new EventFile(join(logDir, 'validation'));
    },
    ...(every !== 'epoch' && {
      async onBatchEnd({ epoch, batch, batches, readLogs }) {
        const step = epoch * batches + batch;
        if ((step + 1) % every === 0) await train.add(prefixed('batch_', await readLogs()), step);
      },
    }),
    async onEpochEnd(epoch, logs) {
      const entries = Object.entries(logs);
      const ofTraining = entries.filter(([name]) => !name.startsWith('val_'));
      const ofValidation = entries
        .filter(([name]) => name.startsWith('val_'))
        .map(([name, value]) => [name.slice('val_'.length), value] as const);
      await train.add(prefixed('epoch_', Object.fromEntries(ofTraining)), epoch);
      if (ofValidation.length > 0)
        await validation.add(prefixed('epoch_', Object.fromEntries(ofValidation)), epoch);
    },
  };
}

function prefixed(prefix: string, logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [prefix + name, value]));
}
