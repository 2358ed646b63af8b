// The summary as a table for the terminal.

import Table from 'cli-table3';
import { percent } from './experiment.js';
import type { Spread, Summary } from './summary.js';

export function summaryTable({ a, b, bOnA, errorFactor }: Summary): string {
  const table = new Table({
    head: ['model', 'trained on', 'test accuracy', 'median', 'spread (sd)'],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  const row = (name: string, on: string, { mean, median, deviation }: Spread) =>
    table.push([name, on, percent(mean), percent(median), percent(deviation)]);
  row('A', '43,986 images of 8 classes', a);
  row('B', '200 images, sandal or shirt', b);
  row('B on A', 'the same 200, grafted on A', bOnA);
  const seeds = b.values.length === 1 ? 'one seed' : `${b.values.length} seeds`;
  const fell =
    errorFactor === null
      ? 'B on A made no error at all.'
      : `Grafting cut the error of B to 1/${errorFactor.toFixed(1)} (mean of ${seeds}).`;
  return `${table.toString()}\n${fell}`;
}
