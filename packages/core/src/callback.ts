// The contract of a callback: what training tells while it works.

import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Resumable, State } from './resumable.js';

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
  /**
   * All that the rest of the run depends on: weights, optimizer, place in the epoch, order of the data, what layers draw,
   * history, the callbacks' own states. To be asked for in `onSettled`; its tensors are the receiver's to dispose.
   *
   * @throws GraftError where the data is not Resumable
   */
  saveState(): Promise<State>;
  /**
   * Makes the run go on from a state. To be called in `onTrainBegin`; takes the state's tensors over, and has its effect once
   * all callbacks have begun. Where the state is one within an epoch, `onEpochBegin` is called before that.
   *
   * @throws GraftError, from `fit`, for a state of another model, optimizer, data or list of callbacks
   */
  restoreState(state: State): void;
}

/** Where a run is between two batches. */
export interface RunPosition {
  /** The epoch that goes on, or that comes next; counted from 0. */
  readonly epoch: number;
  /** Batches of this epoch that are done: 0 between two epochs. */
  readonly batch: number;
}

/**
 * Every method may be async; training waits for it. A callback that carries something from one call to the next is
 * {@link Resumable}, or a run that goes on from a file does so without it.
 */
export interface Callback extends Partial<Resumable> {
  onTrainBegin?(run: TrainingRun): void | Promise<void>;
  onEpochBegin?(epoch: number): void | Promise<void>;
  /**
   * Where steps are compiled the model's weights lag behind here: they are those of the epoch's start, and what is written to
   * them is lost. `onEpochEnd` sees and may set current ones.
   */
  onBatchEnd?(end: BatchEnd): void | Promise<void>;
  /** The model's weights are current when this is called. */
  onEpochEnd?(epoch: number, logs: Logs): void | Promise<void>;
  /**
   * After all callbacks have heard of the run's begin, of a batch, or of the end of an epoch: the moment to save the run's
   * state.
   */
  onSettled?(position: RunPosition): void | Promise<void>;
  /** Of every run that ends in good order. The weights are current, and may be set. */
  onTrainEnd?(): void | Promise<void>;
}
