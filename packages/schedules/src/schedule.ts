// What a schedule is, and the one place where one is put together. The schedules themselves have a file each.

import { requireNonNegative } from './errors.js';

/** A schedule as JSON: the name of its constructor and its options, all of them, defaults filled in. */
export interface ScheduleConfig {
  readonly schedule: string;
  readonly [option: string]: unknown;
}

/**
 * A learning rate as a pure function of the step, the number of updates made before (0 for the first update).
 * Steps need not be whole. `config` is enough to make it again: see `fromConfig`.
 *
 * @throws RangeError when the step is not a finite number ≥ 0
 */
export interface Schedule {
  (step: number): number;
  readonly config: ScheduleConfig;
}

/**
 * Gives a pure function its name and its config, and a check of the step.
 *
 * @param name name of the constructor, as exported
 * @param options what the constructor was given, defaults filled in; plain JSON
 * @param at the rate at a step, for any finite step ≥ 0
 */
export function makeSchedule(
  name: string,
  options: Readonly<Record<string, unknown>>,
  at: (step: number) => number,
): Schedule {
  const schedule = (step: number): number => {
    requireNonNegative('step', step);
    return at(step);
  };
  Object.defineProperty(schedule, 'name', { value: name });
  return Object.assign(schedule, { config: Object.freeze({ schedule: name, ...options }) });
}
