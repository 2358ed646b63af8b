// A rate that never changes.

import { requireNonNegative } from './errors.js';
import { makeSchedule, type Schedule, type ScheduleConfig } from './schedule.js';

/**
 * A rate that never changes: η(t) = η₀. Where a schedule is taken, the plain number is as good.
 *
 * @param rate finite, ≥ 0
 * @throws RangeError when the rate is out of range
 * @example
 * constant(0.01)(1000); // 0.01
 */
export function constant(rate: number): Schedule {
  requireNonNegative('rate', rate);
  return makeSchedule('constant', { rate }, () => rate);
}

constant.fromConfig = (config: ScheduleConfig): Schedule => constant(config['rate'] as number);
