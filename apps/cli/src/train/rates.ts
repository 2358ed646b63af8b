// The rates that a run trains with: a schedule as it is named on the command line, over the steps of the run.

import { rateAt } from '@graftjs/core';
import { ScheduleFreeAdamW, type RuleOptimizer } from '@graftjs/optimizers';
import { constant, cosine } from '@graftjs/schedules';
import { parseSchedule } from '../charts/parse-schedule.js';
import { makeOptimizer } from '../race/make-optimizer.js';

export interface RateOptions {
  readonly optimizer: string;
  /** Undefined: from the rate down to 0 as a cosine, but for an optimizer that needs no schedule. */
  readonly schedule: string | undefined;
  /** Undefined: the optimizer's own. */
  readonly rate: number | undefined;
}

/**
 * The optimizer of a run of so many steps. What its schedule does not say of rate and length comes from the run.
 *
 * @throws GraftError or RangeError for what cannot be an optimizer or a schedule
 */
export function optimizerOver(
  { optimizer, schedule, rate }: RateOptions,
  steps: number,
): RuleOptimizer {
  const plain = makeOptimizer(optimizer, rate);
  const highest = rateAt(plain.learningRate, 0);
  // tfjs takes every optimizer for an instance of every class.
  const needsNone = plain.constructor === ScheduleFreeAdamW;
  plain.dispose();
  const usual = needsNone ? constant(highest) : cosine({ initialRate: highest, decaySteps: steps });
  const rates = schedule === undefined ? usual : parseSchedule(schedule, fillOver(highest, steps));
  return makeOptimizer(optimizer, rates);
}

function fillOver(rate: number, steps: number): (schedule: string) => Record<string, unknown> {
  const known: Readonly<Record<string, Record<string, number>>> = {
    constant: { rate },
    cosine: { initialRate: rate, decaySteps: steps },
    cosineRestarts: { initialRate: rate },
    exponential: { initialRate: rate, decaySteps: steps },
    linear: { initialRate: rate, finalRate: 0, steps },
    oneCycle: { maxRate: rate, steps },
    polynomial: { initialRate: rate, decaySteps: steps },
    power: { initialRate: rate, decaySteps: steps },
    warmUpStableDecay: {
      ...{ rate, warmUpSteps: Math.ceil(steps / 10), decaySteps: Math.ceil(steps / 5) },
      stableSteps: steps - Math.ceil(steps / 10) - Math.ceil(steps / 5),
    },
  };
  return (schedule) => (Object.hasOwn(known, schedule) ? known[schedule] : undefined) ?? {};
}
