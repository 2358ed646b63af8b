// Polynomial decay: from one rate to another along a power of the time left.

import { requireNonNegative, requirePositive } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';

/** Options of {@link polynomial}. */
export interface PolynomialOptions {
  /** η₀, the rate at step 0. */
  readonly initialRate: number;
  /** T, the number of steps to the final rate; > 0. */
  readonly decaySteps: number;
  /** η₁, the rate from step T on. Default: 0.0001, as in Keras. */
  readonly finalRate?: number;
  /** p, ≥ 0. Default: 1, a straight line. */
  readonly exponent?: number;
  /** Whether the decay, instead of staying at η₁, starts again over a longer T. Default: false. */
  readonly cycle?: boolean;
}

/**
 * Polynomial decay: η(t) = η₁ + (η₀ − η₁) · (1 − min(t, T)/T)^p. With `cycle` T becomes its multiple ⌈t/T⌉·T, so that
 * the rate jumps up again after T, 2T, 3T, …, each time less. Same as `PolynomialDecay` of Keras.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const rate = polynomial({ initialRate: 0.1, decaySteps: 100, finalRate: 0, exponent: 2 });
 * rate(50); // 0.025
 */
export function polynomial(options: PolynomialOptions): Schedule {
  const { initialRate, decaySteps, finalRate = 1e-4, exponent = 1, cycle = false } = options;
  requireNonNegative('initialRate', initialRate);
  requirePositive('decaySteps', decaySteps);
  requireNonNegative('finalRate', finalRate);
  requireNonNegative('exponent', exponent);
  return makeSchedule(
    'polynomial',
    { initialRate, decaySteps, finalRate, exponent, cycle },
    (step) => {
      const rounds = cycle ? Math.max(1, Math.ceil(step / decaySteps)) : 1;
      const left = 1 - Math.min(1, step / (rounds * decaySteps));
      return finalRate + (initialRate - finalRate) * left ** exponent;
    },
  );
}
