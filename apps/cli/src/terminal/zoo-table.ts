// Models of the zoo as a table for the terminal.

import Table from 'cli-table3';
import type { ModelEntry } from '@graftjs/model-zoo';
import type { Style } from './style.js';
import { percent } from './percent.js';

export interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  /** The least of these goes first where the terminal is too narrow; columns without it stay. */
  readonly rank?: number;
}

export interface ZooTableOptions {
  readonly paint: (style: Style, text: string) => string;
  /** Columns beside those of the zoo, with a cell for each entry. */
  readonly more?: readonly Column[];
  /** Characters in a line. Default: as many as it takes. */
  readonly width?: number | undefined;
}

/** Rows without borders: the most accurate model last, where the eye is. */
export function zooTable(
  entries: readonly ModelEntry[],
  { paint, more = [], width = Infinity }: ZooTableOptions,
): string {
  const order = entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => a.entry.top1 - b.entry.top1 || a.entry.title.localeCompare(b.entry.title));
  const columns = fitting([...columnsOf(entries), ...more], width);
  const table = new Table({
    head: columns.map(({ head }) => paint('bold', head)),
    colAligns: columns.map((_, i) => (i === 0 ? 'left' : 'right')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap },
    chars: noBorders,
  });
  for (const { index } of order) {
    const cells = columns.map(({ cells: each }) => each[index] ?? '');
    table.push(cells.map((text, i) => (i === 0 ? paint('cyan', text) : text)));
  }
  return table.toString().replace(/ +$/gm, '');
}

/** Spaces between columns. */
const gap = 2;

function columnsOf(entries: readonly ModelEntry[]): Column[] {
  const column = (head: string, cell: (entry: ModelEntry) => string, rank?: number): Column => ({
    head,
    cells: entries.map(cell),
    ...(rank !== undefined && { rank }),
  });
  return [
    column('model', ({ title }) => title),
    column('pixels', ({ inputSize }) => String(inputSize), 0),
    column('MiB', ({ megabytes }) => String(megabytes), 3),
    column('top-1', ({ top1 }) => percent(top1)),
    column('top-5', ({ top5 }) => (top5 === undefined ? '–' : percent(top5)), 2),
    column('parameters', ({ parameters }) => parameters.toLocaleString('en'), 4),
    column('depth', ({ depth }) => String(depth), 1),
    column('mult-adds', ({ multiplyAdds }) => countText(multiplyAdds)),
  ];
}

function fitting(columns: readonly Column[], width: number): readonly Column[] {
  const widths = columns.map(({ head, cells }) =>
    Math.max(...[head, ...cells].map((text) => text.length)),
  );
  const total = widths.reduce((sum, each) => sum + each + gap, -gap);
  const ranks = columns.flatMap(({ rank }) => rank ?? []);
  if (total <= width || ranks.length === 0) return columns;
  const least = Math.min(...ranks);
  return fitting(
    columns.filter(({ rank }) => rank !== least),
    width,
  );
}

/** A number in three digits: `3.86 G`, `301 M`. */
export function countText(count: number): string {
  const [size, unit] = count < 1e9 ? [1e6, 'M'] : [1e9, 'G'];
  return `${(count / size).toPrecision(3)} ${unit}`;
}

const noBorders = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left'],
    ...['bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((name) => [name, '']),
);
