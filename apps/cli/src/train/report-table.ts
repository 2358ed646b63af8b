// How each class fares, as a table for the terminal.

import Table from 'cli-table3';
import type { ClassificationReport } from '@graftjs/training';
import { percent } from '../terminal/percent.js';

export function reportTable(
  { classes, confusion, accuracy, confused }: ClassificationReport,
  classNames: readonly string[],
): string {
  const table = new Table({
    head: ['class', 'photos', 'right', 'precision', 'recall', 'F1'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  classes.forEach(({ support, precision, recall, f1 }, i) =>
    table.push([
      classNames[i],
      support,
      confusion[i]?.[i],
      ...[precision, recall, f1].map((share) => (Number.isNaN(share) ? '–' : percent(share))),
    ]),
  );
  const photos = classes.reduce((sum, { support }) => sum + support, 0);
  const worst = confused
    .slice(0, 3)
    .map(({ of, as, count }) => `${classNames[of]} taken for ${classNames[as]}: ${count}`);
  return [
    table.toString(),
    `Accuracy ${percent(accuracy)} of ${photos} photos.`,
    ...(worst.length > 0 ? [`Most confused: ${worst.join('; ')}.`] : []),
  ].join('\n');
}
