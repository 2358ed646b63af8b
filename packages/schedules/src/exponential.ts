// Exponential decay, smooth or in stairs.

import { requireNonNegative, requirePositive } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';

/** Options of {@link exponential}. */
export interface ExponentialOptions {
  /** η₀, the rate at step 0. */
  readonly initialRate: number;
  /** s, the number of steps in which the rate is multiplied by `decayRate` once; > 0. */
  readonly decaySteps: number;
  /** r, the factor; > 0. Below 1 the rate decays, above 1 it grows (without bound). */
  readonly decayRate: number;
  /** Whether the rate falls only at multiples of `decaySteps`. Default: false. */
  readonly staircase?: boolean;
}

/**
 * Exponential decay: η(t) = η₀ · r^(t/s), or η₀ · r^⌊t/s⌋ with `staircase`. Same as `ExponentialDecay` of Keras.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const rate = exponential({ initialRate: 0.1, decaySteps: 20, decayRate: 0.5 });
 * rate(0); // 0.1
 * rate(40); // 0.025
 */
export function exponential(options: ExponentialOptions): Schedule {
  const { initialRate, decaySteps, decayRate, staircase = false } = options;
  requireNonNegative('initialRate', initialRate);
  requirePositive('decaySteps', decaySteps);
  requirePositive('decayRate', decayRate);
  return makeSchedule('exponential', { initialRate, decaySteps, decayRate, staircase }, (step) => {
    const exponent = step / decaySteps;
    return initialRate * decayRate ** (staircase ? Math.floor(exponent) : exponent);
  });
}
