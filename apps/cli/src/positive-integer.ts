// Reads an option that is a count.

import { InvalidArgumentError } from 'commander';

/** @throws InvalidArgumentError, which commander prints with the option's name */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a positive integer.');
}
