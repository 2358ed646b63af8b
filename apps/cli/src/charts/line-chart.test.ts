import { expect, it } from 'vitest';
import { lineChart } from './line-chart.js';

const panel = (points: { x: number; y: number }[]) => ({
  ...{ title: 'loss', x: 'epoch', y: 'loss' },
  curves: [{ name: 'training', points }],
});
const dots = (svg: string) => svg.match(/class="mark-symbol role-mark"[^>]*>(?:<path)/g) ?? [];

it('draws a line through points, and a dot where there is one alone', async () => {
  const line = await lineChart('', [panel([1, 2].map((x) => ({ x, y: x })))]);
  expect(line).toMatch(/mark-line[^>]*>\s*<path[^>]*d="M[^"]+L/);
  expect(dots(line)).toHaveLength(0);
  expect(dots(await lineChart('', [panel([{ x: 1, y: 2 }])]))).toHaveLength(1);
});
