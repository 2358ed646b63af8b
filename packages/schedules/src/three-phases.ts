// The three phases of the 1cycle policy: up, back, and out. What goes through them is the caller's.

import { invalidArgument, requireFraction, requirePositiveInteger } from './errors.js';

/** The way from one value to the next: a straight line or half a cosine. */
export type Anneal = 'linear' | 'cosine';

/** When the phases change, and how. */
export interface PhaseOptions {
  /** Number of updates in the whole training: epochs × batches in an epoch. */
  readonly steps: number;
  /** Share of the steps that the last phase takes, from 0 to below 1. */
  readonly finalFraction: number;
  readonly anneal: Anneal;
}

/**
 * From values[0] at step 0 to values[1] at step p − 1, values[2] at 2p − 2 and values[3] at steps − 1, where it stays;
 * p = steps · (1 − finalFraction)/2.
 *
 * @throws RangeError when an option is out of range
 */
export function threePhases(
  { steps, finalFraction, anneal }: PhaseOptions,
  values: readonly [number, number, number, number],
): (step: number) => number {
  requirePositiveInteger('steps', steps);
  requireFraction('finalFraction', finalFraction);
  if (anneal !== 'linear' && anneal !== 'cosine')
    throw invalidArgument('anneal', "'linear' or 'cosine'", anneal);
  const peak = ((1 - finalFraction) / 2) * steps - 1;
  if (!(peak > 0)) {
    throw invalidArgument('steps', `above 2 / (1 − finalFraction), for a first phase`, steps);
  }
  const ends = [0, peak, 2 * peak, steps - 1];
  return (step) => {
    const phase = ends.findIndex((end, i) => i > 0 && step <= end);
    if (phase === -1) return values[3];
    const progress = (step - ends[phase - 1]!) / (ends[phase]! - ends[phase - 1]!);
    const share = anneal === 'linear' ? progress : (1 - Math.cos(Math.PI * progress)) / 2;
    return values[phase - 1]! * (1 - share) + values[phase]! * share;
  };
}
