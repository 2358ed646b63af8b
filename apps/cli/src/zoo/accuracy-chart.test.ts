import { expect, it } from 'vitest';
import { modelNames, modelTable } from '@graftjs/model-zoo';
import { accuracyChart } from './accuracy-chart.js';

const measured = modelNames.map((name, i) => ({ ...modelTable[name], latency: 10 + i }));

it('draws and names each model', async () => {
  const svg = await accuracyChart(measured);
  expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/);
  for (const { title } of measured) expect(svg).toContain(`>${title}</text>`);
  expect(svg).not.toMatch(/NaN|undefined|null/);
  // The largest first, or it would hide others.
  const radii = radiiOf(svg);
  expect(radii).toHaveLength(measured.length);
  expect(radii).toEqual(radii.toSorted((a, b) => b - a));
  const counts = measured.map(({ parameters }) => parameters).sort((a, b) => b - a);
  radii.forEach((radius, i) => {
    expect(radius / radii[0]!).toBeCloseTo(Math.sqrt(counts[i]! / counts[0]!), 2);
  });
});

it('draws one model, too', async () => {
  const svg = await accuracyChart([{ ...modelTable.vgg16, latency: 5 }]);
  expect(svg).toContain('>VGG16</text>');
  expect(svg).not.toMatch(/NaN|undefined/);
});

/** The radii of the models' circles, in the order in which they are drawn. */
function radiiOf(svg: string): number[] {
  const marks = /class="mark-symbol role-mark"[^>]*>(.*?)<\/g>/s.exec(svg)?.[1] ?? '';
  return [...marks.matchAll(/A([\d.]+),/g)]
    .map(([, radius]) => Number(radius))
    .filter((_, i) => i % 2 === 0);
}
