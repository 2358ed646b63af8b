// Shifts to the side and up or down, in the forms that Keras has for them.

import { invalidArgument } from '@graftjs/core';
import { between, type Draw, type Random } from './draw.js';

/**
 * A fraction of the side below 1; a whole number n of pixels for −n + 1 … n − 1; any other number of pixels at least 1; or a
 * list of shifts to choose from, either way: fractions where all are below 1, else pixels.
 */
export type Shift = number | readonly number[];

export function widthShift(shift: Shift): Draw {
  const draw = shiftOf('widthShiftRange', shift);
  return (random, [, width]) => ({ tx: draw(random, width) });
}

export function heightShift(shift: Shift): Draw {
  const draw = shiftOf('heightShiftRange', shift);
  return (random, [height]) => ({ ty: draw(random, height) });
}

function shiftOf(argument: string, shift: Shift): (random: Random, side: number) => number {
  const list: readonly number[] = typeof shift === 'number' ? [shift] : shift;
  if (!isSound(list)) {
    throw invalidArgument(argument, 'a number of at least 0, or a list of such', shift);
  }
  const draw = typeof shift === 'number' ? fromNumber(shift) : fromList(list);
  const isFraction = Math.max(...list) < 1;
  return (random, side) => draw(random) * (isFraction ? side : 1);
}

function isSound(list: readonly number[]): boolean {
  return Array.isArray(list) && list.length > 0 && list.every((x) => Number.isFinite(x) && x >= 0);
}

function fromNumber(most: number): (random: Random) => number {
  if (most < 1 || !Number.isInteger(most)) return (random) => between(random, -most, most);
  return fromList(Array.from({ length: most }, (_, i) => i));
}

function fromList(list: readonly number[]): (random: Random) => number {
  return (random) => {
    const chosen = list[Math.floor(random() * list.length)] as number;
    return random() < 0.5 ? -chosen : chosen;
  };
}
