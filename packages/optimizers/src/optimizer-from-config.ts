// From JSON back to an optimizer whose rate may be a schedule.

import type { serialization } from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';
import { fromConfig as scheduleFromConfig, type ScheduleConfig } from '@graftjs/schedules';
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
 * @throws GraftError where the rate was a function without a config, which `getConfig` gives as null; RangeError for the
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
  const { learningRate, optimizer } = config as {
    learningRate?: number | ScheduleConfig | null;
    optimizer?: { config: Config };
  };
  const changed: Record<string, unknown> = { ...config };
  if (learningRate === null) {
    const rule = 'a number or the config of a schedule; a plain function cannot be made again';
    throw invalidArgument('config.learningRate', rule, learningRate);
  }
  if (typeof learningRate === 'object') changed['learningRate'] = scheduleFromConfig(learningRate);
  if (optimizer) changed['optimizer'] = { ...optimizer, config: withSchedules(optimizer.config) };
  return changed as Config;
}
