// Sets the rate at the start of each epoch.

import { rateAt, type Callback, type RuleDrivenOptimizer } from '@graftjs/core';
import { constantRated } from './reduce-lr-on-plateau.js';

/**
 * Sets the rate before each epoch, as `keras.callbacks.LearningRateScheduler` does. A rate that changes with every update
 * is a schedule, and goes to the optimizer.
 *
 * @param schedule from the epoch, counted from 0, and the rate it begins with, to the rate of this epoch: finite, ≥ 0
 * @throws GraftError in training for an optimizer that is not one of `@graftjs/optimizers` at a constant rate, or for a
 *   rate that is none
 * @example
 * learningRateScheduler((epoch, rate) => (epoch < 10 ? rate : rate * 0.9));
 */
export function learningRateScheduler(schedule: (epoch: number, rate: number) => number): Callback {
  let optimizer: RuleDrivenOptimizer | undefined;
  return {
    onTrainBegin(run) {
      optimizer = constantRated(run.optimizer, 'learningRateScheduler');
    },
    onEpochBegin(epoch) {
      if (!optimizer) return;
      const rate = optimizer.learningRate as number;
      optimizer.learningRate = rateAt(() => schedule(epoch, rate), epoch);
    },
  };
}
