// A combinator: a schedule times a factor.

import { requireNonNegative } from './errors.js';
import { type Revive, toSchedule } from './revive.js';
import { makeSchedule, type Schedule, type ScheduleConfig } from './schedule.js';

/**
 * A schedule times a factor: η(t) = factor · base(t). With a factor for each group of layers this gives discriminative
 * rates from one schedule.
 *
 * @param base a schedule, or a rate
 * @param factor finite, ≥ 0
 * @throws RangeError when an argument is out of range
 * @example
 * scale(cosine({ initialRate: 0.1, decaySteps: 100 }), 0.1)(0); // 0.01
 */
export function scale(base: Schedule | number, factor: number): Schedule {
  const schedule = toSchedule('base', base);
  requireNonNegative('factor', factor);
  return makeSchedule(
    'scale',
    { base: schedule.config, factor },
    (step) => factor * schedule(step),
  );
}

scale.fromConfig = ({ base, factor }: ScheduleConfig, revive: Revive): Schedule =>
  scale(revive(base as ScheduleConfig), factor as number);
