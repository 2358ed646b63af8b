// A rate that jumps at given steps.

import { invalidArgument, requireNonNegative } from './errors.js';
import { makeSchedule, type Schedule } from './schedule.js';

/** Options of {@link piecewiseConstant}. */
export interface PiecewiseConstantOptions {
  /** The last step of each piece but the final one: finite, ≥ 0, strictly increasing. */
  readonly boundaries: readonly number[];
  /** The rate of each piece: one more than there are boundaries. */
  readonly values: readonly number[];
}

/**
 * A rate that jumps: η(t) = values[i] for the first i with t ≤ boundaries[i], else the last value. Same as
 * `PiecewiseConstantDecay` of Keras: a boundary belongs to the piece before it (in optax and torch, to the one after).
 *
 * @throws RangeError when an option is out of range
 * @example
 * const rate = piecewiseConstant({ boundaries: [1000, 2000], values: [0.1, 0.01, 0.001] });
 * rate(1000); // 0.1
 * rate(1001); // 0.01
 */
export function piecewiseConstant(options: PiecewiseConstantOptions): Schedule {
  const boundaries = numbers('boundaries', options.boundaries);
  const values = numbers('values', options.values);
  if (boundaries.some((boundary, i) => i > 0 && boundary <= boundaries[i - 1]!)) {
    throw invalidArgument('boundaries', 'strictly increasing', boundaries);
  }
  if (values.length !== boundaries.length + 1) {
    const rule = `${boundaries.length + 1} rates, one more than there are boundaries`;
    throw invalidArgument('values', rule, values);
  }
  return makeSchedule('piecewiseConstant', { boundaries, values }, (step) => {
    // Past every boundary the index is −1, which is the last value.
    const piece = boundaries.findIndex((boundary) => step <= boundary);
    return values.at(piece)!;
  });
}

/** A frozen copy, so that a later change of the caller's list does not change the schedule. */
function numbers(argument: string, list: readonly number[]): readonly number[] {
  if (!Array.isArray(list)) throw invalidArgument(argument, 'a list of numbers', list);
  const copy: readonly number[] = Object.freeze(Array.from<number>(list));
  copy.forEach((value, i) => requireNonNegative(`${argument}[${i}]`, value));
  return copy;
}
