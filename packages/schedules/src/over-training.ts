// A combinator: a schedule over the fraction of training done, stretched over a number of steps.

import { requirePositive } from './errors.js';
import { type Revive, toSchedule } from './revive.js';
import { makeSchedule, type Schedule, type ScheduleConfig } from './schedule.js';

/**
 * A schedule written over the fraction of training done, from 0 to 1: η(t) = base(min(t/N, 1)). The same plan then serves
 * runs of any length, as fastai's schedules do.
 *
 * @param base a schedule whose steps are fractions of the training
 * @param steps N, the number of updates in the whole training; > 0
 * @throws RangeError when an argument is out of range
 * @example
 * const plan = sequence(
 *   [linear({ initialRate: 0, finalRate: 0.1, steps: 0.25 }), cosine({ initialRate: 0.1, decaySteps: 0.75 })],
 *   [0.25],
 * );
 * overTraining(plan, 200)(50); // 0.1
 */
export function overTraining(base: Schedule, steps: number): Schedule {
  const plan = toSchedule('base', base);
  requirePositive('steps', steps);
  return makeSchedule('overTraining', { base: plan.config, steps }, (step) =>
    plan(Math.min(step / steps, 1)),
  );
}

overTraining.fromConfig = ({ base, steps }: ScheduleConfig, revive: Revive): Schedule =>
  overTraining(revive(base as ScheduleConfig), steps as number);
