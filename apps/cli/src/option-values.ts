// Reads options that are numbers of a range; positive-integer.ts reads counts.

import { InvalidArgumentError } from 'commander';

/** From 0 to below 1. */
export const share = reader('a number from 0 to below 1', (value) => value >= 0 && value < 1);

/** Above 0 and below 1. */
export const partialShare = reader(
  'a number above 0 and below 1',
  (value) => value > 0 && value < 1,
);

export const positive = reader('a number above 0', (value) => Number.isFinite(value) && value > 0);

/** @returns a function that throws InvalidArgumentError, which commander prints with the option's name */
function reader(rule: string, holds: (value: number) => boolean): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && holds(value)) return value;
    throw new InvalidArgumentError(`It must be ${rule}.`);
  };
}
