// A combinator: a linear warm-up before another schedule.

import { constant } from './constant.js';
import { invalidArgument, requirePositiveInteger } from './errors.js';
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
  const then = typeof base === 'number' ? constant(base) : base;
  if (typeof then !== 'function' || typeof then.config?.schedule !== 'string') {
    throw invalidArgument('base', 'a rate, or a schedule with a config', base);
  }
  requirePositiveInteger('steps', steps);
  const target = then(0);
  return makeSchedule('warmUp', { base: then.config, steps }, (step) =>
    step < steps ? target * (step / steps) : then(step - steps),
  );
}

warmUp.fromConfig = (
  config: ScheduleConfig,
  revive: (config: ScheduleConfig) => Schedule,
): Schedule => warmUp(revive(config['base'] as ScheduleConfig), config['steps'] as number);
