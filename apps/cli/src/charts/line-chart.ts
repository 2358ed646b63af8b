// Curves side by side, as an SVG: what commands plot.

import type { Spec } from 'vega';
import { renderSvg } from './render.js';

export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Panel {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly curves: readonly Curve[];
  /** Whether the y axis is logarithmic; values of 0 or less are then left out. */
  readonly log?: boolean;
  /** Whether a linear y axis begins at 0. Default: true. */
  readonly zero?: boolean;
}

const SIZE = { width: 480, height: 320 } as const;

/** Panels beside each other; a curve of the same name has the same colour in each. */
export function lineChart(title: string, panels: readonly Panel[]): Promise<string> {
  return renderSvg(specification(title, panels));
}

function specification(title: string, panels: readonly Panel[]): Spec {
  const names = [...new Set(panels.flatMap(({ curves }) => curves.map(({ name }) => name)))];
  return {
    ...{ padding: 16, background: 'white' },
    config: {
      axis: { gridColor: '#e5e5e5', domainColor: '#888', tickColor: '#888', titlePadding: 8 },
    },
    ...(title !== '' && { title: { text: title, anchor: 'start', offset: 16, fontSize: 17 } }),
    layout: { columns: panels.length, padding: 48, bounds: 'full' },
    scales: [
      {
        name: 'colour',
        type: 'ordinal',
        domain: names,
        range: { scheme: names.length > 10 ? 'tableau20' : 'tableau10' },
      },
    ],
    legends: [
      {
        ...{ stroke: 'colour', symbolType: 'stroke', symbolStrokeWidth: 3, labelFontSize: 12 },
        ...{
          orient: 'bottom',
          columns: names.every(({ length }) => length < 20) ? 4 : 1,
          labelLimit: 900,
          offset: 24,
        },
      },
    ],
    marks: panels.map(panelMark),
  };
}

function panelMark({
  title,
  x,
  y,
  curves,
  log = false,
  zero = true,
}: Panel): NonNullable<Spec['marks']>[number] {
  const values = curves.flatMap(({ name, points }) =>
    points.filter((point) => !log || point.y > 0).map((point) => ({ name, ...point })),
  );
  // A line needs two points; one is drawn as a dot.
  const isSingle = new Set(
    curves.filter(({ points }) => points.length === 1).map(({ name }) => name),
  );
  return {
    type: 'group',
    encode: { update: { width: { value: SIZE.width }, height: { value: SIZE.height } } },
    title: { text: title, anchor: 'start', fontWeight: 'normal' },
    // Grid lines are as long as these say.
    signals: Object.entries(SIZE).map(([name, value]) => ({ name, value })),
    data: [
      { name: 'points', values },
      { name: 'single', values: values.filter(({ name }) => isSingle.has(name)) },
    ],
    scales: [
      {
        ...{ name: 'x', type: 'linear', range: [0, SIZE.width], nice: true },
        domain: { data: 'points', field: 'x' },
      },
      {
        ...{ name: 'y', range: [SIZE.height, 0] },
        ...(log ? { type: 'log', padding: 8 } : { type: 'linear', zero, nice: true }),
        domain: { data: 'points', field: 'y' },
      },
    ],
    axes: [
      { orient: 'bottom', scale: 'x', title: x, grid: true, tickCount: 8 },
      { orient: 'left', scale: 'y', title: y, grid: true, tickCount: 6 },
    ],
    marks: [
      {
        type: 'group',
        from: { facet: { name: 'curve', data: 'points', groupby: 'name' } },
        marks: [
          {
            ...{ type: 'line', from: { data: 'curve' } },
            encode: {
              enter: {
                x: { scale: 'x', field: 'x' },
                y: { scale: 'y', field: 'y' },
                stroke: { scale: 'colour', field: 'name' },
                ...{ strokeWidth: { value: 2 }, defined: { signal: 'isValid(datum.y)' } },
              },
            },
          },
        ],
      },
      {
        ...{ type: 'symbol', from: { data: 'single' } },
        encode: {
          enter: {
            x: { scale: 'x', field: 'x' },
            y: { scale: 'y', field: 'y' },
            fill: { scale: 'colour', field: 'name' },
          },
        },
      },
    ],
  };
}
