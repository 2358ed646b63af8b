// A combinator: a linear warm-up before another schedule.

import { requirePositiveInteger } from './errors.js';
import { type Revive, toSchedule } from './revive.js';
import { makeSchedule, type Schedule, type ScheduleConfig } from './schedule.js';

/**
 * A linear warm-up, then the schedule from its start: η(t) = base(0) · t/n for t < n, then base(t − n).
 *
 * The first update has the rate 0. Same as the warm-up of Keras's `CosineDecay` from an `initial_learning_rate` of 0.
 *
 * @param base a schedule, or the rate to stay at
 * @param steps n, a positive integer
 * @throws RangeError when an argument is out of range
 * @example
 * const rate = warmUp(0.1, 100);
 * rate(50); // 0.05
 * rate(100); // 0.1
 */
export function warmUp(base: Schedule | number, steps: number): Schedule {
  const then = toSchedule('base', base);
  requirePositiveInteger('steps', steps);
  const target = then(0);
  return makeSchedule('warmUp', { base: then.config, steps }, (step) =>
    step < steps ? target * (step / steps) : then(step - steps),
  );
}

warmUp.fromConfig = ({ base, steps }: ScheduleConfig, revive: Revive): Schedule =>
  warmUp(revive(base as ScheduleConfig), steps as number);
