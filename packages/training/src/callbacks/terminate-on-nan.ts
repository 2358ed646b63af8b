// Ends a run whose loss is no number any more.

import type { Callback, TrainingRun } from '@graftjs/core';

/**
 * Stops training when the loss is NaN or infinite, as `keras.callbacks.TerminateOnNaN` does. Looking costs a wait for the
 * device, so that it is done every so many batches, and after each epoch.
 *
 * @param every batches between two looks. Default: 16
 * @example
 * await fit(model, train, { optimizer, loss, epochs: 5, callbacks: [terminateOnNaN()] });
 */
export function terminateOnNaN(every = 16): Callback {
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
