// Axes as Keras takes them: one or several, from the front or (negative) from the back.

import { invalidArgument } from '@graftjs/core';

/**
 * The axes of an input, counted from the front and in order.
 *
 * @throws GraftError when one is none of the input's, is the batch, or is there twice
 */
export function axesOf(axis: number | readonly number[], rank: number): number[] {
  const axes = [axis].flat().map((each) => (each < 0 ? each + rank : each));
  const isValid = axes.every((each) => Number.isInteger(each) && each > 0 && each < rank);
  if (isValid && axes.length > 0 && new Set(axes).size === axes.length) {
    return axes.sort((a, b) => a - b);
  }
  const rule = `one or several axes of an input of rank ${rank}, and not the batch`;
  throw invalidArgument('axis', rule, axis);
}

/** As {@link axesOf}, for a layer that takes one. */
export function axisOf(axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(axis) && counted > 0 && counted < rank) return counted;
  throw invalidArgument('axis', `an axis of an input of rank ${rank}, and not the batch`, axis);
}
