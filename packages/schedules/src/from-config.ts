// From JSON back to a schedule.

import { invalidArgument } from './errors.js';
import type { Schedule, ScheduleConfig } from './schedule.js';
import * as schedules from './schedules.js';

/** Takes its options, unless its arguments stand by position: then `fromConfig` finds them in the config. */
interface ScheduleConstructor {
  (...options: never[]): Schedule;
  readonly fromConfig?: (config: ScheduleConfig, revive: typeof fromConfig) => Schedule;
}

const constructors: Readonly<Record<string, ScheduleConstructor>> = { ...schedules };

/**
 * Makes a schedule again from its `config`, which survives JSON.
 *
 * @throws RangeError when the config names no known schedule, or an option is unknown or out of range
 * @example
 * const rate = power({ initialRate: 0.1, decaySteps: 100 });
 * fromConfig(JSON.parse(JSON.stringify(rate.config)))(100); // 0.05
 */
export function fromConfig(config: ScheduleConfig): Schedule {
  if (typeof config !== 'object' || config === null) {
    throw invalidArgument('config', 'the config of a schedule', config);
  }
  const { schedule: name } = config;
  const create = Object.hasOwn(constructors, name) ? constructors[name] : undefined;
  if (create === undefined) {
    const known = Object.keys(constructors).join(', ');
    throw invalidArgument('config.schedule', `one of ${known}`, name);
  }
  const made = create.fromConfig?.(config, fromConfig) ?? create(config as never);
  const unknown = Object.keys(config).find((option) => !Object.hasOwn(made.config, option));
  if (unknown !== undefined) {
    const known = Object.keys(made.config).join(', ');
    throw invalidArgument(`an option of the schedule '${name}'`, `one of ${known}`, unknown);
  }
  return made;
}
