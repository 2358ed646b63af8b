// Ends a run whose loss is no number any more.

import { invalidArgument, type Callback, type TrainingRun } from '@graftjs/core';

/**
 * Stops training when the loss is NaN or infinite, as `keras.callbacks.TerminateOnNaN` does. Looking costs a wait for the
 * device, so that it is done every so many batches, and after each epoch.
 *
 * @param every batches between two looks; an integer of at least 1. Default: 16
 * @throws GraftError for an `every` out of range
 * @example
 * await fit(model, train, { optimizer, loss, epochs: 5, callbacks: [terminateOnNaN()] });
 */
export function terminateOnNaN(every = 16): Callback {
  if (!(Number.isSafeInteger(every) && every >= 1))
    throw invalidArgument('every', 'an integer of at least 1', every);
  let run: TrainingRun | undefined;
  const look = (loss: number | undefined): void => {
    if (!Number.isFinite(loss)) run?.stop();
  };
  return {
    onTrainBegin(started) {
      run = started;
    },
    async onBatchEnd({ batch, readLogs }) {
      if ((batch + 1) % every === 0) look((await readLogs()).loss);
    },
    onEpochEnd(_epoch, { loss }) {
      look(loss);
    },
  };
}
