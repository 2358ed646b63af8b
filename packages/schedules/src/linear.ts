// A straight line from one rate to another, up or down.

import { requireNonNegative, requirePositive } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';

/** Options of {@link linear}. */
export interface LinearOptions {
  /** The rate at step 0. */
  readonly initialRate: number;
  /** The rate from step `steps` on. */
  readonly finalRate: number;
  /** The length of the line; > 0. */
  readonly steps: number;
}

/**
 * A straight line: η(t) = η₀ + (η₁ − η₀) · min(t, n)/n. Same as `LinearLR` of torch, whose two factors are of one
 * rate, and `SchedLin` of fastai.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const rate = linear({ initialRate: 0, finalRate: 0.1, steps: 100 });
 * rate(25); // 0.025
 */
export function linear(options: LinearOptions): Schedule {
  const { initialRate, finalRate, steps } = options;
  requireNonNegative('initialRate', initialRate);
  requireNonNegative('finalRate', finalRate);
  requirePositive('steps', steps);
  return makeSchedule('linear', { initialRate, finalRate, steps }, (step) => {
    const progress = Math.min(step / steps, 1);
    // As a mean of both ends, so that each is met exactly.
    return initialRate * (1 - progress) + finalRate * progress;
  });
}
