import { expect, it } from 'vitest';
import { modelTable } from '@graftjs/model-zoo';
import { countText, zooTable } from './zoo-table.js';

const entries = [modelTable.nasNetLarge, modelTable.mobileNetV2];
const paint = (_: unknown, text: string): string => text;
const here = { head: 'here, CPU', cells: ['463 ms', '19.9 ms'] };

it('sorts by accuracy, and keeps cells with their models', () => {
  expect(zooTable(entries, { paint, more: [here] }).split('\n')).toEqual([
    'model        pixels  MiB   top-1   top-5  parameters  depth  mult-adds  here, CPU',
    'MobileNetV2     224   14  71.3 %  90.1 %   3,538,984    105      301 M    19.9 ms',
    'NASNetLarge     331  343  82.5 %  96.0 %  88,949,818    533     23.8 G     463 ms',
  ]);
});

it.each([
  [81, 'model        pixels  MiB   top-1   top-5  parameters  depth  mult-adds  here, CPU'],
  [80, 'model        MiB   top-1   top-5  parameters  depth  mult-adds  here, CPU'],
  [60, 'model        MiB   top-1  parameters  mult-adds  here, CPU'],
  [10, 'model         top-1  mult-adds  here, CPU'],
])('leaves columns out in a terminal of %d characters', (width, head) => {
  expect(zooTable(entries, { paint, more: [here], width }).split('\n')[0]).toBe(head);
});

it.each([
  [568_740_352, '569 M'],
  [999_400_000, '999 M'],
  [15_470_264_320, '15.5 G'],
])('writes %d as %s', (count, text) => {
  expect(countText(count)).toBe(text);
});
