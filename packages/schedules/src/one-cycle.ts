// The 1cycle schedule, in its three-phase form.

import { requireFraction, requireNonNegative } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';
import { type Anneal, threePhases } from './three-phases.js';

/** Options of {@link oneCycle}. */
export interface OneCycleOptions {
  /** The highest rate, reached at the end of the first phase. */
  readonly maxRate: number;
  /** Number of updates in the whole training: epochs × batches in an epoch. */
  readonly steps: number;
  /** The first rate as a fraction of `maxRate`, from 0 to 1. Default: 0.1. */
  readonly startFactor?: number;
  /** Share of the steps that the last phase takes, from 0 to below 1. Default: 0.1. */
  readonly finalFraction?: number;
  /** The last rate as a fraction of `maxRate`, from 0 to 1. Default: 0.0001. */
  readonly finalFactor?: number;
  /** The way from one rate to the next: a straight line or half a cosine. Default: 'linear'. */
  readonly anneal?: Anneal;
}

/**
 * The 1cycle schedule. With N steps, p = (1 − finalFraction)/2 and m = `maxRate`, the rate goes
 *
 * - from startFactor · m at step 0 up to m at step pN − 1,
 * - down to startFactor · m at step 2pN − 2,
 * - down by orders of magnitude to finalFactor · m at step N − 1, where it stays.
 *
 * Same as `OneCycleLR` of torch with `three_phase=True`, `pct_start` p, `div_factor` 1/startFactor and
 * `final_div_factor` startFactor/finalFactor; torch's own defaults are two phases of cosine with `div_factor` 25. The
 * momentum that goes with it is `oneCycleMomentum`.
 *
 * Source: Smith, A disciplined approach to neural network hyper-parameters, 2018.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const rate = oneCycle({ maxRate: 0.5, steps: 100 });
 * rate(0); // 0.05
 * rate(44); // 0.5
 * rate(99); // 0.00005
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const { maxRate, steps, startFactor = 0.1, finalFraction = 0.1, finalFactor = 1e-4 } = options;
  const { anneal = 'linear' } = options;
  requireNonNegative('maxRate', maxRate);
  requireFraction('startFactor', startFactor);
  requireFraction('finalFactor', finalFactor);
  const start = startFactor * maxRate;
  return makeSchedule(
    'oneCycle',
    { maxRate, steps, startFactor, finalFraction, finalFactor, anneal },
    threePhases({ steps, finalFraction, anneal }, [start, maxRate, start, finalFactor * maxRate]),
  );
}
