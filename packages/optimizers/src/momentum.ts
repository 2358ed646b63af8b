// A momentum: a number, or a schedule over the steps, as the 1cycle policy has one beside its rate.

import { invalidArgument, type Rate } from '@graftjs/core';
import { checkDecays } from './checks.js';
import type { OptimizerOptions } from './options.js';

/** The settings that may be a schedule, and are then saved as its config. */
export const SCHEDULABLE = ['learningRate', 'momentum', 'beta1'] as const;

/** The momentum of an update, counted from 1. */
export type MomentumAt = (update: number) => number;

/**
 * @param setting the momentum by the name of its option; a schedule takes the number of steps made so far, as the rate's does
 * @throws GraftError for a value outside [0, 1): here, and for a schedule at each step
 */
export function momentumOver(
  setting: Readonly<Record<string, Rate>>,
  { gradientAccumulationSteps }: Pick<OptimizerOptions, 'gradientAccumulationSteps'>,
): MomentumAt {
  const [entry] = Object.entries(setting);
  const [name, momentum] = entry as [string, Rate];
  if (typeof momentum !== 'function') {
    checkDecays({ [name]: momentum });
    return () => momentum;
  }
  const stepsPerUpdate = gradientAccumulationSteps ?? 1;
  const at: MomentumAt = (update) => {
    const step = update * stepsPerUpdate - 1;
    const value = momentum(step);
    if (Number.isFinite(value) && value >= 0 && value < 1) return value;
    throw invalidArgument(`${name} at step ${step}`, 'a number in [0, 1)', value);
  };
  at(1);
  return at;
}
