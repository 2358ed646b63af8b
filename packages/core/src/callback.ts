// The contract of a callback: what training tells while it works.

import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Values by name, as Keras names them: `loss`, `accuracy`, `val_loss`, `val_accuracy`, `learning_rate`. */
export type Logs = Readonly<Record<string, number>>;

/** What is known after a batch. Reading the logs synchronises the device: a callback that needs them rarely reads rarely. */
export interface BatchEnd {
  /** Counted from 0 within the run. */
  readonly epoch: number;
  /** Counted from 0 within the epoch. */
  readonly batch: number;
  readonly batches: number;
  /** Means over the epoch so far. */
  readLogs(): Promise<Logs>;
}

/** The run that callbacks belong to. */
export interface TrainingRun {
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  /** The number of epochs at which the run ends, counted from the first of all. */
  readonly epochs: number;
  /** Batches in an epoch. */
  readonly batches: number;
  /** Ends the run in good order: after the batch when called in `onBatchEnd`, else after the epoch. */
  stop(): void;
}

/** Every method may be async; training waits for it. */
export interface Callback {
  onTrainBegin?(run: TrainingRun): void | Promise<void>;
  onEpochBegin?(epoch: number): void | Promise<void>;
  /**
   * Where steps are compiled the model's weights lag behind here: they are those of the epoch's start, and what is written to
   * them is lost. `onEpochEnd` sees and may set current ones.
   */
  onBatchEnd?(end: BatchEnd): void | Promise<void>;
  /** The model's weights are current when this is called. */
  onEpochEnd?(epoch: number, logs: Logs): void | Promise<void>;
  /** Of every run that ends in good order. The weights are current, and may be set. */
  onTrainEnd?(): void | Promise<void>;
}
