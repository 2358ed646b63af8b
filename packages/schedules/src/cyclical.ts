// The rate goes up and down in triangles.

import { invalidArgument, requireNonNegative, requirePositive } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';

/** Options of {@link cyclical}. */
export interface CyclicalOptions {
  /** The rate at the foot of every triangle. */
  readonly minRate: number;
  /** The rate at the top of the first triangle; ≥ `minRate`. */
  readonly maxRate: number;
  /** Steps from foot to top; > 0. */
  readonly stepsUp: number;
  /** Steps from top to foot; > 0. Default: `stepsUp`. */
  readonly stepsDown?: number;
  /**
   * What becomes of a triangle's height: `'triangular'` keeps it, `'triangular2'` halves it with every cycle,
   * `'exponential'` multiplies it by `gamma` with every step. Default: `'triangular'`.
   */
  readonly mode?: 'triangular' | 'triangular2' | 'exponential';
  /** γ of the mode `'exponential'`, > 0 and at most 1. Default: 1. */
  readonly gamma?: number;
}

/**
 * Cyclical rates: a straight line from `minRate` up to `maxRate` and one down, again and again. Same as `CyclicLR` of
 * torch (its `exp_range` is `'exponential'` here), which also cycles the momentum; this does not.
 *
 * Source: Smith, Cyclical Learning Rates for Training Neural Networks, 2015.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const rate = cyclical({ minRate: 0, maxRate: 0.1, stepsUp: 100 });
 * rate(50); // 0.05
 * rate(100); // 0.1
 * rate(200); // 0
 */
export function cyclical(options: CyclicalOptions): Schedule {
  const { minRate, maxRate, stepsUp, mode = 'triangular', gamma = 1 } = options;
  const { stepsDown = stepsUp } = options;
  requireNonNegative('minRate', minRate);
  if (!(Number.isFinite(maxRate) && maxRate >= minRate))
    throw invalidArgument('maxRate', `a finite number ≥ minRate, ${minRate}`, maxRate);
  requirePositive('stepsUp', stepsUp);
  requirePositive('stepsDown', stepsDown);
  if (!(mode === 'triangular' || mode === 'triangular2' || mode === 'exponential'))
    throw invalidArgument('mode', "'triangular', 'triangular2' or 'exponential'", mode);
  if (!(gamma > 0 && gamma <= 1)) throw invalidArgument('gamma', 'above 0 and at most 1', gamma);
  return makeSchedule('cyclical', { minRate, maxRate, stepsUp, stepsDown, mode, gamma }, (step) => {
    const length = stepsUp + stepsDown;
    const within = step % length;
    const height = within <= stepsUp ? within / stepsUp : (length - within) / stepsDown;
    const scale = {
      triangular: 1,
      triangular2: 0.5 ** Math.floor(step / length),
      exponential: gamma ** step,
    };
    return minRate + (maxRate - minRate) * height * scale[mode];
  });
}
