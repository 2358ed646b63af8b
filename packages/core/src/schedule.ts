// The contract of a learning-rate schedule. The schedules themselves live in @graftjs/schedules.

import { invalidArgument } from './errors.js';

/**
 * A rate as a pure function of the step, the number of updates made before (0 for the first update).
 * `name` (of the function) and `config` are enough to make it again.
 */
export interface Schedule {
  (step: number): number;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Wherever a rate is taken, a constant and a schedule are both welcome. */
export type Rate = number | Schedule;

/**
 * The value of a rate at a step.
 *
 * @throws GraftError when the schedule gives anything but a finite number ≥ 0
 * @example
 * rateAt(0.1, 7); // 0.1
 * rateAt((step) => 0.1 / (1 + step), 1); // 0.05
 */
export function rateAt(rate: Rate, step: number): number {
  const value = typeof rate === 'function' ? rate(step) : rate;
  if (!(Number.isFinite(value) && value >= 0)) {
    throw invalidArgument(`rate at step ${step}`, 'a finite number ≥ 0', value);
  }
  return value;
}
