// From JSON back to an optimizer whose rate and momentum may be schedules.

import type { serialization } from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';
import { fromConfig as scheduleFromConfig, type ScheduleConfig } from '@graftjs/schedules';
import { SCHEDULABLE } from './momentum.js';
import type { RuleOptimizer } from './rule-optimizer.js';

type Config = serialization.ConfigDict;

/** A class of optimizers; the constructors differ in their options. */
interface OptimizerClass<T extends RuleOptimizer> {
  readonly prototype: T;
  readonly fromConfig: unknown;
}

/**
 * Makes an optimizer again of what `getConfig` gave, also after JSON: the config of a schedule becomes that schedule of
 * `@graftjs/schedules`, also in the optimizer that a wrapper holds.
 *
 * @throws GraftError where the rate or the momentum was a function without a config, which `getConfig` gives as null; RangeError for the
 *   config of a schedule that is not one of `@graftjs/schedules`
 * @example
 * const again = optimizerFromConfig(Adam, JSON.parse(JSON.stringify(optimizer.getConfig())));
 */
export function optimizerFromConfig<T extends RuleOptimizer>(
  cls: OptimizerClass<T>,
  config: Config,
): T {
  const fromConfig = cls.fromConfig as (cls: unknown, config: Config) => T;
  return fromConfig(cls, withSchedules(config));
}

function withSchedules(config: Config): Config {
  const changed: Record<string, unknown> = { ...config };
  for (const name of SCHEDULABLE) {
    const value = changed[name];
    if (value === null) {
      const rule = 'a number or the config of a schedule; a plain function cannot be made again';
      throw invalidArgument(`config.${name}`, rule, value);
    }
    if (typeof value === 'object') changed[name] = scheduleFromConfig(value as ScheduleConfig);
  }
  const { optimizer } = config as { optimizer?: { config: Config } };
  if (optimizer) changed['optimizer'] = { ...optimizer, config: withSchedules(optimizer.config) };
  return changed as Config;
}
