// Power scheduling: the rate falls as an inverse power of time.

import { requireNonNegative, requirePositive } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';

/** Options of {@link power}. */
export interface PowerOptions {
  /** η₀, the rate at step 0. */
  readonly initialRate: number;
  /** s, the number of steps after which the rate is η₀/2^c; > 0. */
  readonly decaySteps: number;
  /** c, ≥ 0. Default: 1, inverse-time decay. */
  readonly exponent?: number;
}

/**
 * Power scheduling: η(t) = η₀ / (1 + t/s)^c. With c = 1 it falls to η₀/2, η₀/3, η₀/4, … at s, 2s, 3s, …
 *
 * `InverseTimeDecay(η₀, decay_steps, decay_rate)` of Keras is this with s = decay_steps / decay_rate and c = 1.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const rate = power({ initialRate: 0.1, decaySteps: 100 });
 * rate(100); // 0.05
 */
export function power(options: PowerOptions): Schedule {
  const { initialRate, decaySteps, exponent = 1 } = options;
  requireNonNegative('initialRate', initialRate);
  requirePositive('decaySteps', decaySteps);
  requireNonNegative('exponent', exponent);
  return makeSchedule(
    'power',
    { initialRate, decaySteps, exponent },
    (step) => initialRate / (1 + step / decaySteps) ** exponent,
  );
}
