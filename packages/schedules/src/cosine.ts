// Cosine decay, without restarts.

import { requireFraction, requireNonNegative, requirePositive } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';

/** Options of {@link cosine}. */
export interface CosineOptions {
  /** η₀, the rate at step 0. */
  readonly initialRate: number;
  /** T, the step from which the rate stays at its lowest; > 0. */
  readonly decaySteps: number;
  /** α, the lowest rate as a fraction of `initialRate`, from 0 to 1. Default: 0. */
  readonly alpha?: number;
}

/**
 * Cosine decay: η(t) = η₀ · (α + (1 − α) · (1 + cos(π · min(t, T)/T)) / 2). Same as `CosineDecay` of Keras; its
 * `warmup_target` and `warmup_steps` are `warmUp`'s.
 *
 * Source: Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, 2016.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const rate = cosine({ initialRate: 0.1, decaySteps: 1000 });
 * rate(500); // 0.05
 */
export function cosine(options: CosineOptions): Schedule {
  const { initialRate, decaySteps, alpha = 0 } = options;
  requireNonNegative('initialRate', initialRate);
  requirePositive('decaySteps', decaySteps);
  requireFraction('alpha', alpha);
  return makeSchedule('cosine', { initialRate, decaySteps, alpha }, (step) => {
    const progress = Math.min(step / decaySteps, 1);
    const decay = (1 + Math.cos(Math.PI * progress)) / 2;
    return initialRate * (alpha + (1 - alpha) * decay);
  });
}
