// JSON as Python writes it into model files, and reads it.

import { GraftError } from '@graftjs/core';

const mark = '\u0001float';

/** A number that Python is to read as a float, also where it is whole: Keras computes with integers as integers. */
export class Float {
  constructor(private readonly value: number) {}

  toJSON(): string {
    return mark + (Number.isInteger(this.value) ? this.value.toFixed(1) : String(this.value));
  }
}

/** JSON as Python reads it. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(/"\\u0001float([-+.\de]+)"/g, '$1');
}

/** @param what the text, and the file that it stands in, for errors */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // Python writes NaN and Infinity, which JSON has not.
    const reason = error instanceof Error ? error.message : String(error);
    throw new GraftError(`${what} is not valid JSON: ${reason}`, { cause: error });
  }
}
