// Reads a schedule from the command line: `cosine:initialRate=0.1,decaySteps=100`, or its config as JSON.

import { fromConfig, type Schedule } from '@graftjs/schedules';
import { parseSettings } from '../parse-settings.js';

const form = {
  what: 'a schedule',
  example: 'cosine:initialRate=0.1,decaySteps=100',
  key: 'schedule',
} as const;

/**
 * @param fill settings that a schedule of this name has where the text gives none
 * @throws GraftError or RangeError that says what is wrong with it
 */
export function parseSchedule(
  text: string,
  fill: (schedule: string) => Readonly<Record<string, unknown>> = () => ({}),
): Schedule {
  const { name, settings } = parseSettings(text, form);
  return fromConfig({ schedule: name, ...fill(name), ...settings });
}
