// Warm up, stay, decay: a plan whose middle can be as long as one likes.

import { invalidArgument, requireFraction, requireNonNegative } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';

/** Options of {@link warmUpStableDecay}. */
export interface WarmUpStableDecayOptions {
  /** The rate of the stable phase. */
  readonly rate: number;
  /** Steps for which the rate rises in a line from 0; ≥ 0. */
  readonly warmUpSteps: number;
  /** Steps at `rate`; ≥ 0. */
  readonly stableSteps: number;
  /** Steps for which it falls; ≥ 0. */
  readonly decaySteps: number;
  /** The last rate as a fraction of `rate`, from 0 to 1. Default: 0. */
  readonly finalFactor?: number;
  /** How it falls: along 1 − √progress, a straight line, or half a cosine. Default: `'sqrt'`. */
  readonly decay?: 'sqrt' | 'linear' | 'cosine';
}

/** The share of the height that is left at a progress from 0 to 1. */
const left = {
  sqrt: (progress: number) => 1 - Math.sqrt(progress),
  linear: (progress: number) => 1 - progress,
  cosine: (progress: number) => (1 + Math.cos(Math.PI * progress)) / 2,
};

/**
 * Warm-up, stable, decay: up in a line over w steps, η for s steps, then down to finalFactor · η over d steps, where it
 * stays.
 *
 * Source: Hu et al., MiniCPM, 2024; the decay along 1 − √progress is the best one found by Hägele et al., Scaling Laws
 * and Compute-Optimal Training Beyond Fixed Training Durations, 2024.
 *
 * @throws RangeError when an option is out of range
 * @example
 * const rate = warmUpStableDecay({ rate: 0.1, warmUpSteps: 10, stableSteps: 70, decaySteps: 20 });
 * rate(5); // 0.05
 * rate(50); // 0.1
 * rate(85); // 0.05
 */
export function warmUpStableDecay(options: WarmUpStableDecayOptions): Schedule {
  const { rate, warmUpSteps, stableSteps, decaySteps, finalFactor = 0, decay = 'sqrt' } = options;
  for (const [name, value] of Object.entries({ rate, warmUpSteps, stableSteps, decaySteps }))
    requireNonNegative(name, value);
  requireFraction('finalFactor', finalFactor);
  if (!Object.hasOwn(left, decay))
    throw invalidArgument('decay', "'sqrt', 'linear' or 'cosine'", decay);
  return makeSchedule(
    'warmUpStableDecay',
    { rate, warmUpSteps, stableSteps, decaySteps, finalFactor, decay },
    (step) => {
      if (step < warmUpSteps) return rate * (step / warmUpSteps);
      const decaying = step - warmUpSteps - stableSteps;
      if (decaying <= 0) return rate;
      const share = decaying < decaySteps ? left[decay](decaying / decaySteps) : 0;
      return rate * (finalFactor + (1 - finalFactor) * share);
    },
  );
}
