// The 1cycle schedule, in its three-phase form.

import {
  invalidArgument,
  requireFraction,
  requireNonNegative,
  requirePositiveInteger,
} from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';

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
  readonly anneal?: 'linear' | 'cosine';
}

interface Phase {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The 1cycle schedule. With N steps, p = (1 − finalFraction)/2 and m = `maxRate`, the rate goes
 *
 * - from startFactor · m at step 0 up to m at step pN − 1,
 * - down to startFactor · m at step 2pN − 2,
 * - down by orders of magnitude to finalFactor · m at step N − 1, where it stays.
 *
 * Same as `OneCycleLR` of torch with `three_phase=True`, `pct_start` p, `div_factor` 1/startFactor and
 * `final_div_factor` startFactor/finalFactor; torch's own defaults are two phases of cosine with `div_factor` 25. It
 * leaves the momentum alone.
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
  const {
    maxRate,
    steps,
    startFactor = 0.1,
    finalFraction = 0.1,
    finalFactor = 1e-4,
    anneal = 'linear',
  } = options;
  requireNonNegative('maxRate', maxRate);
  requirePositiveInteger('steps', steps);
  requireFraction('startFactor', startFactor);
  requireFraction('finalFraction', finalFraction);
  requireFraction('finalFactor', finalFactor);
  if (anneal !== 'linear' && anneal !== 'cosine') {
    throw invalidArgument('anneal', "'linear' or 'cosine'", anneal);
  }
  const peak = ((1 - finalFraction) / 2) * steps - 1;
  if (!(peak > 0)) {
    throw invalidArgument('steps', `above 2 / (1 − finalFraction), for a rate that rises`, steps);
  }
  const start = startFactor * maxRate;
  const final = finalFactor * maxRate;
  const phases: readonly Phase[] = [
    { start: 0, end: peak, from: start, to: maxRate },
    { start: peak, end: 2 * peak, from: maxRate, to: start },
    { start: 2 * peak, end: steps - 1, from: start, to: final },
  ];
  return makeSchedule(
    'oneCycle',
    { maxRate, steps, startFactor, finalFraction, finalFactor, anneal },
    (step) => {
      const phase = phases.find(({ end }) => step <= end);
      if (phase === undefined) return final;
      const progress = (step - phase.start) / (phase.end - phase.start);
      const share = anneal === 'linear' ? progress : (1 - Math.cos(Math.PI * progress)) / 2;
      return phase.from * (1 - share) + phase.to * share;
    },
  );
}
