// The contract of a callback: what training tells while it works.

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

/** Every method may be async; training waits for it. */
export interface Callback {
  onTrainBegin?(run: { epochs: number; batches: number }): void | Promise<void>;
  onEpochBegin?(epoch: number): void | Promise<void>;
  /**
   * Where steps are compiled the model's weights lag behind here: they are those of the epoch's start, and what is written to
   * them is lost. `onEpochEnd` sees and may set current ones.
   */
  onBatchEnd?(end: BatchEnd): void | Promise<void>;
  /** The model's weights are current when this is called. */
  onEpochEnd?(epoch: number, logs: Logs): void | Promise<void>;
  onTrainEnd?(): void | Promise<void>;
}
