// Performance scheduling: the rate falls when a value no longer gets better.

import {
  GraftError,
  invalidArgument,
  isRuleDriven,
  type Callback,
  type Logs,
  type RuleDrivenOptimizer,
  type State,
} from '@graftjs/core';
import { makeMonitor, type MonitorOptions } from './monitor.js';

export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the rate is multiplied by; above 0 and below 1. Default: 0.1. */
  readonly factor?: number;
  /** Epochs without a better value after which the rate falls. Default: 10. */
  readonly patience?: number;
  /** Default: 0.0001, as in Keras. */
  readonly minDelta?: number;
  /** Epochs after a fall that are not counted. Default: 0. */
  readonly cooldown?: number;
  /** The rate does not fall below this. Default: 0. */
  readonly minRate?: number;
}

/**
 * Performance scheduling, as `keras.callbacks.ReduceLROnPlateau` does it: after `patience` epochs without a value better
 * than the best by more than `minDelta` the rate is multiplied by `factor`.
 *
 * The optimizer must be one of `@graftjs/optimizers` with a constant rate: a schedule would set it again.
 *
 * @throws GraftError for an option out of range, and in training for another optimizer, a schedule, or logs without the
 *   value
 * @example
 * const plateau = reduceLROnPlateau({ factor: 0.5, patience: 5 });
 * await fit(model, train, { optimizer: new Adam(), loss, epochs: 50, validation, callbacks: [plateau] });
 */
export function reduceLROnPlateau(options: ReduceLROnPlateauOptions = {}): Callback {
  const { factor = 0.1, patience = 10, cooldown = 0, minRate = 0, minDelta = 1e-4 } = options;
  if (!(factor > 0 && factor < 1)) throw invalidArgument('factor', 'a number in (0, 1)', factor);
  for (const [name, value] of Object.entries({ patience, cooldown })) {
    if (!(Number.isSafeInteger(value) && value >= 0))
      throw invalidArgument(name, 'an integer ≥ 0', value);
  }
  if (!(Number.isFinite(minRate) && minRate >= 0))
    throw invalidArgument('minRate', 'a finite number ≥ 0', minRate);
  const monitor = makeMonitor({ ...options, minDelta });

  let optimizer: RuleDrivenOptimizer | undefined;
  let best: number | undefined;
  let waited = 0;
  let cooling = 0;

  const reduce = (from: RuleDrivenOptimizer): void => {
    const rate = from.learningRate as number;
    if (rate <= minRate) return;
    from.learningRate = Math.max(rate * factor, minRate);
    cooling = cooldown;
    waited = 0;
  };

  return {
    onTrainBegin(run) {
      optimizer = constantRated(run.optimizer, 'reduceLROnPlateau');
      best = undefined;
      waited = cooling = 0;
    },
    saveState: (): State => ({ best: best ?? null, waited, cooling }),
    restoreState(state) {
      const saved = state as { best: number | null; waited: number; cooling: number };
      best = saved.best ?? undefined;
      ({ waited, cooling } = saved);
    },
    onEpochEnd(_epoch: number, logs: Logs) {
      const value = monitor.valueIn(logs);
      if (cooling > 0) {
        cooling -= 1;
        waited = 0;
      }
      if (best === undefined ? !Number.isNaN(value) : monitor.isBetter(value, best)) {
        best = value;
        waited = 0;
      } else if (cooling === 0) {
        waited += 1;
        if (waited >= patience && optimizer) reduce(optimizer);
      }
    },
  };
}

/** @throws GraftError unless the optimizer is ours and its rate a number */
export function constantRated(
  optimizer: Parameters<typeof isRuleDriven>[0],
  callback: string,
): RuleDrivenOptimizer {
  if (!isRuleDriven(optimizer)) {
    throw new GraftError(`optimizer must be one of @graftjs/optimizers for ${callback}`);
  }
  if (typeof optimizer.learningRate !== 'number') {
    throw new GraftError(
      `learningRate must be a number for ${callback}: the optimizer's schedule would set it again`,
    );
  }
  return optimizer;
}
