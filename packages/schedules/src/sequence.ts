// A combinator: one schedule after another.

import { invalidArgument, requirePositive } from './errors.js';
import { type Revive, toSchedule } from './revive.js';
import { makeSchedule, type Schedule, type ScheduleConfig } from './schedule.js';

/**
 * One schedule after another, each from its own start: parts[i] takes over at step boundaries[i − 1] and sees the steps
 * since then. Same as `join_schedules` of optax and `SequentialLR` of torch.
 *
 * @param parts schedules, or rates to stay at; at least one
 * @param boundaries finite, > 0, strictly increasing; one fewer than there are parts
 * @throws RangeError when an argument is out of range
 * @example
 * const rate = sequence([linear({ initialRate: 0, finalRate: 0.1, steps: 10 }), 0.1, 0.01], [10, 50]);
 * rate(5); // 0.05
 * rate(10); // 0.1
 * rate(50); // 0.01
 */
export function sequence(
  parts: readonly (Schedule | number)[],
  boundaries: readonly number[],
): Schedule {
  if (!Array.isArray(parts) || parts.length === 0)
    throw invalidArgument('parts', 'a list of at least one schedule', parts);
  if (!Array.isArray(boundaries) || boundaries.length !== parts.length - 1) {
    const rule = `a list of ${parts.length - 1}, one fewer than there are parts`;
    throw invalidArgument('boundaries', rule, boundaries);
  }
  const starts: readonly number[] = Object.freeze([...(boundaries as readonly number[])]);
  starts.forEach((start, i) => requirePositive(`boundaries[${i}]`, start));
  if (starts.some((start, i) => i > 0 && start <= starts[i - 1]!))
    throw invalidArgument('boundaries', 'strictly increasing', starts);
  const schedules = parts.map((part: Schedule | number, i) => toSchedule(`parts[${i}]`, part));
  const configs = Object.freeze(schedules.map(({ config }) => config));
  return makeSchedule('sequence', { parts: configs, boundaries: starts }, (step) => {
    const index = starts.findLastIndex((start) => step >= start);
    return schedules[index + 1]!(step - (starts[index] ?? 0));
  });
}

sequence.fromConfig = ({ parts, boundaries }: ScheduleConfig, revive: Revive): Schedule =>
  sequence(Array.isArray(parts) ? parts.map(revive) : (parts as never), boundaries as never);
