// Reads a thing with options from the command line: `cosine:initialRate=0.1,decaySteps=100`, or its config as JSON.

import { invalidArgument } from '@graftjs/core';

export interface NamedSettings {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface SettingsForm {
  /** What it is, for errors: `a schedule`. */
  readonly what: string;
  /** For errors, too: `cosine:initialRate=0.1,decaySteps=100`. */
  readonly example: string;
  /** The key that holds the name in JSON: `schedule`. */
  readonly key: string;
}

/** @throws GraftError for a text of another form */
export function parseSettings(text: string, form: SettingsForm): NamedSettings {
  const found = text.trimStart().startsWith('{') ? fromJson(text, form) : fromOptions(text);
  if (found) return found;
  const rule = `a name with options, such as ${form.example}, or a config as JSON`;
  throw invalidArgument(form.what, rule, text);
}

function fromJson(text: string, { key }: SettingsForm): NamedSettings | undefined {
  try {
    const { [key]: name, ...settings } = JSON.parse(text) as Record<string, unknown>;
    return typeof name === 'string' ? { name, settings } : undefined;
  } catch {
    return undefined;
  }
}

function fromOptions(text: string): NamedSettings | undefined {
  const [, name, rest = ''] = /^([^:=,]+)(?::(.+))?$/.exec(text) ?? [];
  if (!name) return undefined;
  // A comma inside of brackets belongs to a list.
  const options = rest.match(/[^,[]*(?:\[[^\]]*\])?[^,]*/g)?.filter((part) => part !== '') ?? [];
  const settings: Record<string, unknown> = {};
  for (const option of options) {
    const [, key, value] = /^([^=]+)=(.+)$/.exec(option) ?? [];
    if (!key || !value) return undefined;
    settings[key] = parseValue(value);
  }
  return { name, settings };
}

/** A number, a list, true or false as in JSON; anything else is a word. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
