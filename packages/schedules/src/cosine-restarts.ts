// Cosine decay with warm restarts.

import { requireFraction, requireNonNegative, requirePositive, invalidArgument } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';

/** Options of {@link cosineRestarts}. */
export interface CosineRestartsOptions {
  /** η₀, the rate at step 0. */
  readonly initialRate: number;
  /** T, the length of the first period in steps; > 0. */
  readonly firstPeriod: number;
  /** Each period is this many times as long as the one before it; ≥ 1. Default: 2. */
  readonly periodFactor?: number;
  /** The height above the lowest rate is multiplied by this with each period; > 0. Default: 1. */
  readonly rateFactor?: number;
  /** α, the lowest rate as a fraction of `initialRate`, from 0 to 1. Default: 0. */
  readonly alpha?: number;
}

/**
 * Cosine decay that starts again: half a cosine over T steps, the next over T · periodFactor, and so on. Same as
 * `CosineDecayRestarts` of Keras, and, with a `rateFactor` of 1, `CosineAnnealingWarmRestarts` of torch (which takes the
 * lowest rate as an absolute `eta_min`).
 *
 * Source: Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, 2016.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const rate = cosineRestarts({ initialRate: 0.1, firstPeriod: 100 });
 * rate(50); // 0.05
 * rate(100); // 0.1
 * rate(200); // 0.05
 */
export function cosineRestarts(options: CosineRestartsOptions): Schedule {
  const { initialRate, firstPeriod, periodFactor = 2, rateFactor = 1, alpha = 0 } = options;
  requireNonNegative('initialRate', initialRate);
  requirePositive('firstPeriod', firstPeriod);
  if (!(Number.isFinite(periodFactor) && periodFactor >= 1))
    throw invalidArgument('periodFactor', 'a finite number ≥ 1', periodFactor);
  requirePositive('rateFactor', rateFactor);
  requireFraction('alpha', alpha);
  return makeSchedule(
    'cosineRestarts',
    { initialRate, firstPeriod, periodFactor, rateFactor, alpha },
    (step) => {
      const { period, progress } = periodAt(step / firstPeriod, periodFactor);
      const decay = (1 + Math.cos(Math.PI * progress)) / 2;
      return initialRate * (alpha + (1 - alpha) * rateFactor ** period * decay);
    },
  );
}

/** The period, from 0, and how far it has come, of a time in first periods; period i lasts factor^i. */
function periodAt(time: number, factor: number): { period: number; progress: number } {
  if (factor === 1) return { period: Math.floor(time), progress: time % 1 };
  const starts = (period: number) => (factor ** period - 1) / (factor - 1);
  let period = Math.max(0, Math.floor(Math.log1p(time * (factor - 1)) / Math.log(factor)));
  // The logarithm may land on the wrong side of a restart.
  if (starts(period + 1) <= time) period += 1;
  else if (starts(period) > time) period -= 1;
  return { period, progress: (time - starts(period)) / factor ** period };
}
