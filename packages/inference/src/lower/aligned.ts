// Constants of some axes of a value, in the value's rank.

import type { Constant } from '../graph/constant.js';

/** With lengths of 1 for the axes between and after those that it has; ascending axes. */
export function aligned(
  { shape, read }: Constant,
  axes: readonly number[],
  rank: number,
): Constant {
  const first = Math.min(...axes, rank);
  const lengths = Array.from(
    { length: rank - first },
    (_, i) => shape[axes.indexOf(first + i)] ?? 1,
  );
  return { shape: lengths, read };
}
