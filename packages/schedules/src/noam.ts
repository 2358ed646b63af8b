// The schedule of the Transformer: a line up, then an inverse square root down.

import { requirePositive, requirePositiveInteger } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';

/** Options of {@link noam}. */
export interface NoamOptions {
  /** d, the width of the model. */
  readonly modelSize: number;
  /** w, the number of steps for which the rate rises. Default: 4000, as in the paper. */
  readonly warmUpSteps?: number;
  /** What everything is multiplied by; > 0. Default: 1. */
  readonly factor?: number;
}

/**
 * Noam's schedule: η(t) = factor · d^(−1/2) · min(n^(−1/2), n · w^(−3/2)) with n = t + 1, highest at n = w. The paper
 * counts updates from 1, so n is the number of the update that the rate is for.
 *
 * Source: Vaswani et al., Attention Is All You Need, 2017, section 5.3.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const rate = noam({ modelSize: 512, warmUpSteps: 4000 });
 * rate(3999); // 0.000698771
 */
export function noam(options: NoamOptions): Schedule {
  const { modelSize, warmUpSteps = 4000, factor = 1 } = options;
  requirePositive('modelSize', modelSize);
  requirePositiveInteger('warmUpSteps', warmUpSteps);
  requirePositive('factor', factor);
  return makeSchedule('noam', { modelSize, warmUpSteps, factor }, (step) => {
    const update = step + 1;
    return (factor / Math.sqrt(modelSize)) * Math.min(update ** -0.5, update * warmUpSteps ** -1.5);
  });
}
