// Translating a config between Keras and tfjs-layers, field by field. Which fields a class has is said in its table.

import { GraftError, invalidArgument } from '@graftjs/core';
import { camelCase } from './snake-case.js';

/** One field of a config: its value there and back. `where` is for errors: `units of layer "a" (Dense) in model.h5`. */
export interface Field {
  /** The name in tfjs-layers, where it is not Keras's in camel case. */
  readonly argument?: string;
  /** Called with undefined where Keras's config has no such field; gives undefined to keep the default of tfjs. */
  fromKeras(value: unknown, where: string): unknown;
  /** Gives undefined to leave the field out. */
  toKeras(value: unknown, where: string): unknown;
}

export type Fields = Readonly<Record<string, Field>>;
export type Config = Readonly<Record<string, unknown>>;

/** Fields that change nothing here, whatever they say. */
const without = new Set(['renorm_momentum', 'synchronized']);

/** A Keras config as arguments for tfjs-layers. Every field that says something must be known. */
export function fromKeras(fields: Fields, config: Config, where: string): Record<string, unknown> {
  for (const [name, value] of Object.entries(config)) {
    const silent = value === null || value === false || without.has(name);
    if (!silent && !Object.hasOwn(fields, name)) {
      throw new GraftError(`${where} has the setting "${name}", which is not supported`);
    }
  }
  const args: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = field.fromKeras(config[name], `${name} of ${where}`);
    if (value !== undefined) args[field.argument ?? camelCase(name)] = value;
  }
  return args;
}

/** A config of tfjs-layers as Keras writes it. */
export function toKeras(fields: Fields, config: Config, where: string): Record<string, unknown> {
  const written: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = field.toKeras(config[field.argument ?? camelCase(name)], `${name} of ${where}`);
    if (value !== undefined) written[name] = value;
  }
  return written;
}

/** A value that both sides write alike. Where it is missing, each side's default holds. */
export function same(rule: string, holds: (value: unknown) => boolean): Field {
  const checked = (value: unknown, where: string) => {
    if (value !== undefined && !holds(value)) throw invalidArgument(where, rule, value);
    return value;
  };
  return { fromKeras: checked, toKeras: checked };
}

/** What tfjs-layers cannot vary: Keras must say `value`, or nothing. */
export function only(value: unknown): Field {
  const text = JSON.stringify(value);
  const check = (received: unknown, where: string) => {
    if (received != null && JSON.stringify(received) !== text) {
      throw invalidArgument(where, `${text}; nothing else is supported`, received);
    }
  };
  return {
    fromKeras: (received, where) => check(received, where),
    toKeras: (received, where) => {
      check(received, where);
      return value;
    },
  };
}

/** A word that each side spells its own way: Keras's → that of tfjs-layers. Where several mean one, the first is written. */
export function word(words: Readonly<Record<string, string>>): Field {
  const entries = Object.entries(words);
  return {
    fromKeras: (value, where) => {
      if (value === undefined) return undefined;
      const found = entries.find(([keras]) => keras === value);
      if (!found) throw invalidArgument(where, oneOf(Object.keys(words)), value);
      return found[1];
    },
    toKeras: (value, where) => {
      if (value === undefined) return undefined;
      const found = entries.find(([, tfjs]) => tfjs === value);
      if (!found) throw invalidArgument(where, oneOf(Object.values(words)), value);
      return found[0];
    },
  };
}

export const isRecord = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);
const isCount = (value: unknown) => isInteger(value) && value > 0;
const listOf = (holds: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(holds);
const isLength = (value: unknown) => value === null || (isInteger(value) && value >= 0);

export const flag = same('true or false', (value) => typeof value === 'boolean');
export const real = same('a number', (value) => typeof value === 'number');
export const realOrNull = same('a number or null', (v) => v === null || typeof v === 'number');
export const count = same('a positive integer', isCount);
export const countOrNull = same(
  'a positive integer or null',
  (value) => value === null || isCount(value),
);
export const counts = same('positive integers', (v) => isCount(v) || listOf(isCount)(v));
export const countsOrNull = same(
  'positive integers or null',
  (v) => v === null || listOf(isCount)(v),
);
export const lengthsOrNull = same(
  'integers ≥ 0 or null',
  (v) => v === null || listOf((length) => isInteger(length) && length >= 0)(v),
);
export const axis = same('an integer', isInteger);
export const axes = same(
  'an integer or a list of them',
  (v) => isInteger(v) || listOf(isInteger)(v),
);
export const dimensions = same('a list of integers', listOf(isInteger));
export const dimensionsOrNull = same(
  'a list of integers and nulls, or null',
  (v) => v === null || listOf((d) => d === null || isInteger(d))(v),
);
export const shape = same('a list of lengths', listOf(isLength));
export const pads = same('two pairs of lengths', listOf(listOf(isLength)));
export const padding = word({ valid: 'valid', same: 'same' });
export const dataFormat = word({ channels_last: 'channelsLast', channels_first: 'channelsFirst' });

/** Keras keeps a generator's state where it was given one; the numbers it will draw cannot be carried over. */
export const seed: Field = {
  fromKeras: (value) => (isInteger(value) ? value : undefined),
  toKeras: (value) => value ?? null,
};

function oneOf(words: readonly string[]): string {
  return `one of ${words.join(', ')}`;
}
