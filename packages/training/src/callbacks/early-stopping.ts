// Stops training when a value no longer gets better, and brings the best weights back.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  invalidArgument,
  type Callback,
  type Logs,
  type State,
  type TrainingRun,
} from '@graftjs/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { snapshotOf, snapshotWeights, type WeightSnapshot } from '../weight-snapshot.js';
import { makeMonitor, type Monitor, type MonitorOptions } from './monitor.js';

export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without a better value after which training stops. Default: 0. */
  readonly patience?: number;
  /** A value that must be beaten, too, for the patience to start anew. */
  readonly baseline?: number;
  /** Whether the model ends with the weights of its best epoch, to the bit. Default: false, as in Keras. */
  readonly restoreBestWeights?: boolean;
  /** The first epoch, counted from 0, that is looked at. Default: 0. */
  readonly startFromEpoch?: number;
}

/** A callback that says afterwards what it did. */
export interface EarlyStopping extends Callback {
  /** The epoch, counted from 0, after which training stopped; undefined where it ran to its end. */
  readonly stoppedEpoch: number | undefined;
  /** The epoch with the best value so far. */
  readonly bestEpoch: number | undefined;
  readonly best: number | undefined;
}

/**
 * Early stopping, as `keras.callbacks.EarlyStopping` does it: training ends once `patience` epochs have passed without a
 * value better than the best by more than `minDelta`. With `restoreBestWeights` the best epoch's weights, moving
 * statistics included, are brought back at the end of every run in good order, also one that did not stop early.
 *
 * The callback may serve one run after another; each starts afresh.
 *
 * @throws GraftError for an option out of range, and in training where the logs lack the value
 * @example
 * const stopping = earlyStopping({ monitor: 'val_loss', patience: 5, restoreBestWeights: true });
 * await fit(model, train, { optimizer, loss, epochs: 100, validation, callbacks: [stopping] });
 * stopping.bestEpoch; // 17
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  const { patience = 0, baseline, restoreBestWeights = false, startFromEpoch = 0 } = options;
  for (const [name, value] of Object.entries({ patience, startFromEpoch })) {
    if (!(Number.isSafeInteger(value) && value >= 0))
      throw invalidArgument(name, 'an integer ≥ 0', value);
  }
  const monitor = makeMonitor(options);
  return new Stopper(monitor, { patience, baseline, restoreBestWeights, startFromEpoch });
}

type Settled = Required<
  Pick<EarlyStoppingOptions, 'patience' | 'restoreBestWeights' | 'startFromEpoch'>
> & { readonly baseline: number | undefined };

interface StopperState {
  readonly best: number | null;
  readonly bestEpoch: number | null;
  readonly stoppedEpoch: number | null;
  readonly waited: number;
  readonly weights: readonly Tensor[] | null;
}

class Stopper implements EarlyStopping {
  stoppedEpoch: number | undefined;
  bestEpoch: number | undefined;
  best: number | undefined;
  private waited = 0;
  private snapshot: WeightSnapshot | undefined;
  private model: LayersModel | undefined;
  private stop = (): void => {};

  constructor(
    private readonly monitor: Monitor,
    private readonly options: Settled,
  ) {}

  onTrainBegin({ model, stop }: TrainingRun): void {
    this.forget();
    this.stoppedEpoch = this.bestEpoch = this.best = undefined;
    this.waited = 0;
    Object.assign(this, { model, stop });
  }

  onEpochEnd(epoch: number, logs: Logs): void {
    const { monitor, options } = this;
    const value = monitor.valueIn(logs);
    if (epoch < options.startFromEpoch) return;
    // Where no value ever counts (all NaN), the first weights looked at are the best there are.
    if (options.restoreBestWeights && !this.snapshot) this.remember(epoch);
    this.waited += 1;
    if (this.best === undefined ? !Number.isNaN(value) : monitor.isBetter(value, this.best)) {
      this.best = value;
      if (options.restoreBestWeights) this.remember(epoch);
      this.bestEpoch = epoch;
      if (options.baseline === undefined || monitor.isBetter(value, options.baseline))
        this.waited = 0;
    } else if (this.waited >= options.patience && epoch > 0) {
      this.stoppedEpoch = epoch;
      this.stop();
    }
  }

  onTrainEnd(): void {
    this.snapshot?.restore();
    this.forget();
  }

  saveState(): State {
    const { best = null, bestEpoch = null, stoppedEpoch = null, waited, snapshot } = this;
    const weights = snapshot?.save() ?? null;
    return { best, bestEpoch, stoppedEpoch, waited, weights } satisfies StopperState;
  }

  restoreState(state: State): void {
    const { best, bestEpoch, stoppedEpoch, waited, weights } = state as unknown as StopperState;
    this.forgetSnapshot();
    if (weights) this.snapshot = snapshotOf(this.model as LayersModel, weights);
    this.best = best ?? undefined;
    this.bestEpoch = bestEpoch ?? undefined;
    this.stoppedEpoch = stoppedEpoch ?? undefined;
    this.waited = waited;
  }

  private remember(epoch: number): void {
    this.forgetSnapshot();
    this.snapshot = snapshotWeights(this.model as LayersModel);
    this.bestEpoch = epoch;
  }

  private forget(): void {
    this.forgetSnapshot();
    this.model = undefined;
  }

  private forgetSnapshot(): void {
    this.snapshot?.dispose();
    this.snapshot = undefined;
  }
}
