// A file of options for a command: what it says holds where the command line says nothing else.

import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command, type Option } from 'commander';
import { GraftError, invalidArgument } from '@graftjs/core';
import { parse, stringify } from 'yaml';

/** By the names that options have on the command line: `val-split`, not `--val-split` or `valSplit`. */
export type Config = Readonly<Record<string, unknown>>;

/** These say how a command is run, not what it does. */
const LEFT_OUT = new Set(['config', 'preset', 'resume', 'no-cache', 'json']);

/**
 * The config of a YAML or JSON file.
 *
 * @throws GraftError for a file that cannot be read, or holds something else than names and values
 */
export async function readConfig(file: string): Promise<Config> {
  const text = await readFile(file, 'utf8');
  let config: unknown;
  try {
    config = parse(text, { logLevel: 'error' });
  } catch (error) {
    const [line = ''] = (error as Error).message.split('\n');
    throw new GraftError(`${file} is no YAML or JSON: ${line.replace(/:$/, '')}`);
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw invalidArgument(file, 'names of options with values', config);
  return config as Config;
}

/**
 * Sets the options of a command that its command line did not set.
 *
 * @param origin of the config, for errors
 * @throws GraftError for a key that is no option of the command, or a value that the option does not take
 */
export function applyConfig(command: Command, config: Config, origin: string): void {
  const options = configurable(command);
  for (const [key, value] of Object.entries(config)) {
    const option = options.get(key);
    if (!option) {
      const rule = `made of ${[...options.keys()].join(', ')}`;
      throw invalidArgument(`the keys of ${origin}`, rule, key);
    }
    const name = option.attributeName();
    // Nothing, as in `val:`, is as if it was not there.
    if (value === null || command.getOptionValueSource(name) === 'cli') continue;
    command.setOptionValueWithSource(name, parsed(option, key, value, origin), 'config');
  }
}

/** The options of a command as {@link applyConfig} takes them; those without a value are left out. */
export function configOf(command: Command): Config {
  const values = command.opts<Record<string, unknown>>();
  const entries = [...configurable(command)].map(
    ([key, option]) => [key, values[option.attributeName()]] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** As {@link configOf}, of the options that the command line has set. */
export function givenOf(command: Command): Config {
  const given = [...configurable(command)].filter(
    ([, option]) => command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  const values = configOf(command);
  return Object.fromEntries(given.map(([key]) => [key, values[key]]));
}

export function configText(config: Config): string {
  return stringify(config);
}

function configurable(command: Command): Map<string, Option> {
  const named = command.options.map((option) => [(option.long ?? '').slice(2), option] as const);
  return new Map(named.filter(([key]) => !LEFT_OUT.has(key)));
}

function parsed(option: Option, key: string, value: unknown, origin: string): unknown {
  // What has a structure is text of JSON on the command line; a list of words has commas there.
  const isList = Array.isArray(value) && value.every((part) => typeof part === 'string');
  const structured = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const text = isList ? (value as string[]).join(',') : structured;
  if (!option.parseArg) return text;
  try {
    return option.parseArg(text, undefined as never);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new GraftError(`${key} in ${origin}: ${error.message} Received: ${text}`);
  }
}
