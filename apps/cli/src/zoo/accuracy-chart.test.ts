import { expect, it } from 'vitest';
import { modelNames, modelTable } from '@graftjs/model-zoo';
import { accuracyChart } from './accuracy-chart.js';

const measured = modelNames.map((name, i) => ({ ...modelTable[name], latency: 10 + i }));

it('draws and names each model', async () => {
  const svg = await accuracyChart(measured);
  expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/);
  for (const { title } of measured) expect(svg).toContain(`>${title}</text>`);
  expect(svg).not.toMatch(/NaN|undefined|null/);
  // More parameters, a larger circle.
  const areas = circlesOf(svg);
  expect(areas).toHaveLength(measured.length);
  const order = (values: number[]) =>
    values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  expect(order(areas)).toEqual(order(measured.map(({ parameters }) => parameters)));
});

it('draws one model, too', async () => {
  const svg = await accuracyChart([{ ...modelTable.vgg16, latency: 5 }]);
  expect(svg).toContain('>VGG16</text>');
  expect(svg).not.toMatch(/NaN|undefined/);
});

/** The radii of the models' circles, in the order of the models. */
function circlesOf(svg: string): number[] {
  const marks = /class="mark-symbol role-mark"[^>]*>(.*?)<\/g>/s.exec(svg)?.[1] ?? '';
  return [...marks.matchAll(/A([\d.]+),/g)]
    .map(([, radius]) => Number(radius))
    .filter((_, i) => i % 2 === 0);
}
