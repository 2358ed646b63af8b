// fastai's 1cycle policy: up and down again by half cosines, over one stretch of training.

import { invalidArgument, type Schedule } from '@graftjs/core';

/** Where and how a stretch of training cycles. */
export interface Cycle {
  /** The optimizer's count of steps at the start of the stretch, and the steps in it. */
  readonly from: number;
  readonly steps: number;
  /** The share of the steps that the way to the middle takes, above 0 and below 1. */
  readonly pctStart: number;
}

/**
 * A value that goes from `start` to `middle` in the first steps and on to `end` in the others. Step k of N is at the
 * position k/N, as in fastai, so that the end itself is not reached. Same as `combined_cos` of fastai.
 *
 * @throws GraftError for a `pctStart` out of range
 */
export function oneCycle(
  { from, steps, pctStart }: Cycle,
  [start, middle, end]: readonly [number, number, number],
): Schedule {
  if (!(pctStart > 0 && pctStart < 1))
    throw invalidArgument('pctStart', 'a number above 0 and below 1', pctStart);
  return (step) => {
    const position = Math.min(Math.max((step - from) / steps, 0), 1);
    return position < pctStart
      ? halfCosine(start, middle, position / pctStart)
      : halfCosine(middle, end, (position - pctStart) / (1 - pctStart));
  };
}

function halfCosine(from: number, to: number, share: number): number {
  return from + ((1 - Math.cos(Math.PI * share)) / 2) * (to - from);
}
