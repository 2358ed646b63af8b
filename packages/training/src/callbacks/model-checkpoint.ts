// Saves the model after its epochs, or after its best ones.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Callback, Logs, State, TrainingRun } from '@graftjs/core';
import { makeMonitor, type MonitorOptions } from './monitor.js';

export interface ModelCheckpointOptions extends Omit<MonitorOptions, 'minDelta'> {
  /**
   * Saves; training waits for it. Where to and in which format is yours: `saveModel` of `@graftjs/keras-format/node`
   * writes a file as a whole or not at all.
   */
  readonly save: (model: LayersModel, epoch: number, logs: Logs) => void | Promise<void>;
  /** Whether only a model better than all before is saved. Default: false, as in Keras. */
  readonly saveBestOnly?: boolean;
  /** With `saveBestOnly`, the value to beat from the start, where a run goes on. */
  readonly initialValueThreshold?: number;
}

/**
 * Saves the model after every epoch or, with `saveBestOnly`, after those whose value is the best so far, as
 * `keras.callbacks.ModelCheckpoint` does.
 *
 * @throws GraftError in training where the logs lack the value
 * @example
 * modelCheckpoint({
 *   save: (model) => saveModel(model, 'best.keras'),
 *   monitor: 'val_accuracy',
 *   saveBestOnly: true,
 * });
 */
export function modelCheckpoint(options: ModelCheckpointOptions): Callback {
  const { save, saveBestOnly = false, initialValueThreshold } = options;
  const monitor = saveBestOnly ? makeMonitor(options) : undefined;
  let run: TrainingRun | undefined;
  let best = initialValueThreshold;
  return {
    onTrainBegin(started) {
      run = started;
      best = initialValueThreshold;
    },
    saveState: (): State => best ?? null,
    restoreState(state) {
      best = (state as number | null) ?? undefined;
    },
    async onEpochEnd(epoch, logs) {
      if (!run) return;
      if (monitor) {
        const value = monitor.valueIn(logs);
        if (best === undefined ? Number.isNaN(value) : !monitor.isBetter(value, best)) return;
        best = value;
      }
      await save(run.model, epoch, logs);
    },
  };
}
