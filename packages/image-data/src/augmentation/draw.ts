// What drawing at random means here: numbers from 0 to 1 in, what is done to an image out.

import { invalidArgument } from '@graftjs/core';
import type { Size } from '../images/image.js';
import type { ImageTransform } from './image-transform.js';

/** Numbers from 0 to below 1, one a call. */
export type Random = () => number;

/** Draws what is done to an image of a size. */
export type Draw = (random: Random, size: Size) => ImageTransform;

/** A lower and an upper end. */
export type Range = readonly [low: number, high: number];

/** Uniform from `low` to below `high`. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** @throws GraftError when these are not two finite numbers, the first not above the second, none below `least` */
export function checkRange(argument: string, range: Range, least = -Infinity): Range {
  const [low, high] = range;
  const isRight =
    Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && low <= high;
  if (!(isRight && low >= least)) {
    const bound = least === -Infinity ? '' : `, the first at least ${least}`;
    throw invalidArgument(argument, `two numbers in order${bound}`, range);
  }
  return range;
}

/** @throws GraftError for what is no number from 0 to `most` */
export function checkUpTo(argument: string, value: number, most = Infinity): number {
  if (Number.isFinite(value) && value >= 0 && value <= most) return value;
  const rule = most === Infinity ? 'a finite number of at least 0' : `a number from 0 to ${most}`;
  throw invalidArgument(argument, rule, value);
}
