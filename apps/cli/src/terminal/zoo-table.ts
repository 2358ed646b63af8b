// Models of the zoo as a table for the terminal.

import Table from 'cli-table3';
import type { ModelEntry } from '@graftjs/model-zoo';
import type { Style } from './style.js';

/** A column beside those of the table. */
export interface Column {
  readonly head: string;
  readonly cells: readonly string[];
}

/** Rows without borders: the most accurate model last, where the eye is. */
export function zooTable(
  entries: readonly ModelEntry[],
  paint: (style: Style, text: string) => string,
  more: readonly Column[] = [],
): string {
  const heads = ['model', 'pixels', 'MiB', 'top-1', 'top-5', 'parameters', 'depth', 'mult-adds'];
  const head = [...heads, ...more.map((column) => column.head)].map((text) => paint('bold', text));
  const table = new Table({
    head,
    colAligns: ['left', ...head.slice(1).map(() => 'right' as const)],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: noBorders,
  });
  const rows = entries.map((entry, i) => ({
    entry,
    cells: more.map(({ cells }) => cells[i] ?? ''),
  }));
  rows.sort((a, b) => a.entry.top1 - b.entry.top1 || a.entry.title.localeCompare(b.entry.title));
  for (const { entry, cells } of rows) {
    table.push([
      paint('cyan', entry.title),
      String(entry.inputSize),
      String(entry.megabytes),
      percent(entry.top1),
      entry.top5 === undefined ? '–' : percent(entry.top5),
      entry.parameters.toLocaleString('en'),
      String(entry.depth),
      countText(entry.multiplyAdds),
      ...cells,
    ]);
  }
  return table.toString().replace(/ +$/gm, '');
}

/** A number in three digits: `3.86 G`, `301 M`. */
export function countText(count: number): string {
  const [size, unit] = count < 1e9 ? [1e6, 'M'] : [1e9, 'G'];
  return `${(count / size).toPrecision(3)} ${unit}`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

const noBorders = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left'],
    ...['bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((name) => [name, '']),
);
