// What the demo found over all seeds.

import type { Trial } from './experiment.js';

export interface Spread {
  readonly mean: number;
  readonly median: number;
  /** Standard deviation of the sample; 0 for one value. */
  readonly deviation: number;
  readonly values: readonly number[];
}

export interface Summary {
  /** Test accuracies. */
  readonly a: Spread;
  readonly b: Spread;
  readonly bOnA: Spread;
  /** Mean error of B over mean error of B on A; null where the latter made no error at all. */
  readonly errorFactor: number | null;
}

export function summarise(trials: readonly Trial[]): Summary {
  const spreadOf = (model: 'a' | 'b' | 'bOnA') =>
    spread(trials.map((trial) => trial[model].testAccuracy));
  const b = spreadOf('b');
  const bOnA = spreadOf('bOnA');
  const errorFactor = bOnA.mean < 1 ? (1 - b.mean) / (1 - bOnA.mean) : null;
  return { a: spreadOf('a'), b, bOnA, errorFactor };
}

export function spread(values: readonly number[]): Spread {
  const mean = sum(values) / values.length;
  const squares = sum(values.map((value) => (value - mean) ** 2));
  const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
  const sorted = [...values].sort((x, y) => x - y);
  const at = (index: number) => sorted[index] as number;
  const half = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2;
  return { mean, median, deviation, values };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
