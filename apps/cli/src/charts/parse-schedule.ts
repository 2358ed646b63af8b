// Reads a schedule from the command line: `cosine:initialRate=0.1,decaySteps=100`, or its config as JSON.

import { invalidArgument } from '@graftjs/core';
import { fromConfig, type Schedule, type ScheduleConfig } from '@graftjs/schedules';

const FORM =
  'a name with options, such as cosine:initialRate=0.1,decaySteps=100, or a config as JSON';

/** @throws GraftError or RangeError that says what is wrong with it */
export function parseSchedule(text: string): Schedule {
  return fromConfig(text.trimStart().startsWith('{') ? parseJson(text) : parseOptions(text));
}

function parseJson(text: string): ScheduleConfig {
  try {
    return JSON.parse(text) as ScheduleConfig;
  } catch {
    throw invalidArgument('a schedule', FORM, text);
  }
}

function parseOptions(text: string): ScheduleConfig {
  const [, schedule, rest = ''] = /^([^:=,]+)(?::(.+))?$/.exec(text) ?? [];
  if (!schedule) throw invalidArgument('a schedule', FORM, text);
  // A comma inside of brackets belongs to a list.
  const options = rest.match(/[^,[]*(?:\[[^\]]*\])?[^,]*/g)?.filter((part) => part !== '') ?? [];
  const entries = options.map((option): [string, unknown] => {
    const [, name, value] = /^([^=]+)=(.+)$/.exec(option) ?? [];
    if (!name || !value) throw invalidArgument('a schedule', FORM, text);
    return [name, parseValue(value)];
  });
  return { schedule, ...Object.fromEntries(entries) };
}

/** A number, a list, true or false as in JSON; anything else is a word. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
