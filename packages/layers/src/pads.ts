// Lengths at both ends of each dimension, as padding and cropping take them, and where the channels are.

import { invalidArgument } from '@graftjs/core';
import type { Shape } from './inputs.js';

export type DataFormat = 'channelsLast' | 'channelsFirst';

/** One length for all ends, one for both ends of each dimension, or a pair for each. */
export type Pads = number | readonly number[] | readonly (readonly [number, number])[];

/** The pair of each of `dimensions` dimensions. */
export function pairs(argument: string, pads: Pads, dimensions: number): [number, number][] {
  const list = typeof pads === 'number' ? Array<number>(dimensions).fill(pads) : pads;
  const isLength = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  const result = list.map((ends) => (typeof ends === 'number' ? [ends, ends] : [...ends]));
  const fits = result.length === dimensions && result.flat().every(isLength);
  if (!fits || result.some((ends) => ends.length !== 2)) {
    const rule = `an integer ≥ 0, or for each of ${dimensions} dimensions one or a pair of them`;
    throw invalidArgument(argument, rule, pads);
  }
  return result as [number, number][];
}

/** The pairs of an input's dimensions: nothing for the batch and the channels. */
export function withOuter(
  spatial: readonly [number, number][],
  dataFormat: DataFormat,
): [number, number][] {
  const batch: [number, number] = [0, 0];
  const channels: [number, number] = [0, 0];
  return dataFormat === 'channelsLast'
    ? [batch, ...spatial, channels]
    : [batch, channels, ...spatial];
}

/** Each length with `change` of its pair; an unknown one stays so. */
export function resized(
  shape: Shape,
  ends: readonly [number, number][],
  change: (length: number, before: number, after: number) => number,
): Shape {
  return shape.map((length, i) => {
    const [before, after] = ends[i] ?? [0, 0];
    return length === null ? null : change(length, before, after);
  });
}
