import { expect, it } from 'vitest';
import { statistics, statisticsText } from './statistics.js';

it('counts numbers of all kinds', () => {
  const expected = { mean: 2, deviation: Math.sqrt(2 / 3), smallest: 1, largest: 3 };
  expect(statistics([3, 1, 2])).toEqual(expected);
  expect(statistics(BigInt64Array.of(3n, 1n, 2n))).toEqual(expected);
  expect(statisticsText(expected)).toBe('2.00 ± 0.816 [1.00, 3.00]');
});

it('says so where there is nothing to count', () => {
  expect(statistics([])).toEqual({ mean: NaN, deviation: NaN, smallest: NaN, largest: NaN });
  expect(statisticsText(statistics([1, NaN]))).toBe('no numbers, or some that are none');
});
