import { expect, it } from 'vitest';
import type { Trial } from './experiment.js';
import { spread, summarise } from './summary.js';
import { summaryTable } from './table.js';

function trial(a: number, b: number, bOnA: number): Trial {
  const model = (testAccuracy: number) => ({ testAccuracy }) as Trial['a'];
  return { seed: 0, a: model(a), b: model(b), bOnA: model(bOnA) };
}

it('gives mean, median and the deviation of the sample', () => {
  expect(spread([3, 1, 2])).toEqual({ mean: 2, median: 2, deviation: 1, values: [3, 1, 2] });
  expect(spread([4, 1, 3, 2]).median).toBe(2.5);
  expect(spread([0.5]).deviation).toBe(0);
});

it('compares the mean errors', () => {
  const { errorFactor } = summarise([trial(0.9, 0.96, 0.99), trial(0.9, 0.98, 0.99)]);
  expect(errorFactor).toBeCloseTo(3, 10);
});

it('has no factor where B on A makes no error', () => {
  const summary = summarise([trial(0.9, 0.98, 1)]);
  expect(summary.errorFactor).toBeNull();
  expect(summaryTable(summary)).toContain('B on A made no error at all.');
});

it('prints what was found', () => {
  const table = summaryTable(summarise([trial(0.925, 0.98, 0.99)]));
  expect(table).toMatch(/A +│ 43,986 images of 8 classes +│ +92\.50 %/);
  expect(table).toContain('Grafting cut the error of B to 1/2.0 (mean of one seed).');
});
