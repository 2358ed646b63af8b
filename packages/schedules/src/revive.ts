// What combinators share: taking a schedule or a rate, and reading one back from a config.

import { constant } from './constant.js';
import { invalidArgument } from './errors.js';
import type { Schedule, ScheduleConfig } from './schedule.js';

/** Makes a schedule from its config; `fromConfig`, given to a combinator so that the two need not import each other. */
export type Revive = (config: ScheduleConfig) => Schedule;

/**
 * The schedule that an argument is or, as a number, stands for.
 *
 * @throws RangeError for a function without a config: it could not be made again
 */
export function toSchedule(argument: string, value: Schedule | number): Schedule {
  const schedule = typeof value === 'number' ? constant(value) : value;
  if (typeof schedule !== 'function' || typeof schedule.config?.schedule !== 'string')
    throw invalidArgument(argument, 'a rate, or a schedule with a config', value);
  return schedule;
}
