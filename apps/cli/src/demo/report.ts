// The demo's report: one HTML page that needs nothing else, with curves by uPlot.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { percent, type TrainedModel, type Trial } from './experiment.js';
import type { ClassifiedImage } from './pictures.js';
import type { Summary } from './summary.js';

export interface ReportContent {
  readonly title: string;
  /** Lines about data, backend, recipe. */
  readonly facts: readonly string[];
  readonly summary: Summary;
  /** Its curves are drawn. */
  readonly trial: Trial;
  readonly imagesOfA: readonly ClassifiedImage[];
  readonly imagesOfB: readonly ClassifiedImage[];
}

interface Chart {
  readonly title: string;
  readonly x: string;
  readonly series: readonly { name: string; color: string; dash?: number[] }[];
  /** uPlot's layout: the x values, then the values of each series. */
  readonly data: readonly (readonly (number | null)[])[];
  readonly log?: boolean;
}

const BLUE = '#1f6feb';
const ORANGE = '#d1661a';

export async function reportHtml(content: ReportContent): Promise<string> {
  const { a, b, bOnA } = content.trial;
  const sections = [
    section('Model A: eight classes', [
      epochs('Loss', a, 'loss'),
      epochs('Accuracy', a, 'accuracy'),
      rates([['A', BLUE, a]]),
    ]),
    section('Model B: sandal or shirt, 200 images', [
      compared('Validation loss', b, bOnA, 'val_loss'),
      compared('Validation accuracy', b, bOnA, 'val_accuracy'),
      rates([
        ['B', ORANGE, b],
        ['B on A', BLUE, bOnA],
      ]),
    ]),
  ];
  const charts = sections.flatMap((part) => part.charts);
  const asset = (name: string) => readFile(createRequire(import.meta.url).resolve(name), 'utf8');
  const [script, style] = await Promise.all([
    asset('uplot/dist/uPlot.iife.min.js'),
    asset('uplot/dist/uPlot.min.css'),
  ]);
  let index = 0;
  const plots = sections.map(({ title, charts: own }) => {
    const places = own.map(() => `<figure id="chart-${index++}"></figure>`);
    return `<section><h2>${title}</h2><div class="charts">${places.join('')}</div></section>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(content.title)}</title>
<style>${style}${PAGE_STYLE}</style>
<h1>${escape(content.title)}</h1>
<ul>${content.facts.map((fact) => `<li>${escape(fact)}`).join('')}</ul>
${summaryHtml(content.summary)}
${plots.join('\n')}
${gallery('What model A says of the first test images', content.imagesOfA)}
${gallery('What B on A says of test images, its mistakes first', content.imagesOfB)}
<script>${script}</script>
<script>const charts = ${inlineJson(charts)};${PAGE_SCRIPT}</script>
</html>
`;
}

function section(title: string, charts: Chart[]): { title: string; charts: Chart[] } {
  return { title, charts };
}

function epochs(title: string, { logs }: TrainedModel, name: string): Chart {
  const values = logs[name] ?? [];
  return {
    title,
    x: 'epoch',
    series: [
      { name: 'training', color: BLUE },
      { name: 'validation', color: ORANGE },
    ],
    data: [countFromOne(values), values, logs[`val_${name}`] ?? []],
  };
}

function compared(title: string, b: TrainedModel, bOnA: TrainedModel, name: string): Chart {
  const values = bOnA.logs[name] ?? [];
  return {
    title,
    x: 'epoch',
    series: [
      { name: 'B from scratch', color: ORANGE },
      { name: 'B on A', color: BLUE },
    ],
    data: [countFromOne(values), b.logs[name] ?? [], values],
  };
}

/** A curve of thousands of updates is drawn from this many. */
const RATE_POINTS = 400;

function rates(models: readonly [string, string, TrainedModel][]): Chart {
  const steps = Math.max(...models.map(([, , { rates: all }]) => all.length));
  const every = Math.max(1, Math.floor(steps / RATE_POINTS));
  const x = Array.from({ length: Math.ceil(steps / every) }, (_, i) => i * every);
  return {
    title: 'Learning rate',
    x: 'update',
    // A dashed line shows where two rates are the same.
    series: models.map(([name, color], i) => ({ name, color, ...(i > 0 ? { dash: [6, 6] } : {}) })),
    data: [x, ...models.map(([, , model]) => x.map((step) => model.rates[step] ?? null))],
    log: true,
  };
}

function countFromOne(values: readonly number[]): number[] {
  return values.map((_, i) => i + 1);
}

function summaryHtml({ a, b, bOnA, errorFactor }: Summary): string {
  const rows = [
    ['A', '8 classes', a],
    ['B from scratch', '200 images of sandals and shirts', b],
    ['B on A', 'the same 200 images', bOnA],
  ] as const;
  const body = rows.map(
    ([name, on, { mean, median, deviation }]) =>
      `<tr><th>${name}<td>${on}<td>${percent(mean)}<td>${percent(median)}<td>${percent(deviation)}`,
  );
  const verdict =
    errorFactor === null
      ? 'B on A made no error at all.'
      : `Grafting cut the error of B to <b>1/${errorFactor.toFixed(1)}</b> of what it was.`;
  return `<table><thead><tr><th>model<th>trained on<th>test accuracy<th>median<th>spread (sd)</thead>
<tbody>${body.join('')}</tbody></table><p>${verdict} Seeds: ${b.values.length}; the curves are those of the first.</p>`;
}

function gallery(title: string, images: readonly ClassifiedImage[]): string {
  const figures = images.map(({ picture, truth, guess, probability }) => {
    const right = truth === guess;
    const answer = `${escape(guess)} ${(100 * probability).toFixed(0)} %`;
    const correction = right ? '' : `<br>is: ${escape(truth)}`;
    return `<figure class="${right ? 'right' : 'wrong'}"><img src="${picture}" alt="${escape(truth)}">
<figcaption>${answer}${correction}</figcaption></figure>`;
  });
  return `<section><h2>${title}</h2><div class="gallery">${figures.join('')}</div></section>`;
}

function escape(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (c) => entities[c] as string);
}

/** JSON that may stand inside a script element. */
function inlineJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

const PAGE_STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1180px; margin: 2rem auto; padding: 0 1rem; color: #1c2128; background: #fff; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; } th, td { padding: .3rem .9rem; border-bottom: 1px solid #d0d7de; text-align: left; }
td:nth-child(n+3) { text-align: right; font-variant-numeric: tabular-nums; }
.charts { display: flex; flex-wrap: wrap; gap: 1rem; } .charts figure { margin: 0; }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, 104px); gap: .75rem; }
.gallery figure { margin: 0; text-align: center; font-size: 12px; line-height: 1.35; }
.gallery img { width: 84px; height: 84px; image-rendering: pixelated; border: 2px solid #d0d7de; border-radius: 4px; }
.gallery .wrong img { border-color: #cf222e; } .gallery .wrong { color: #cf222e; }
`;

const PAGE_SCRIPT = `
charts.forEach((chart, i) => {
  const number = (u, value) =>
    value == null ? '' : value > 0 && value < 1e-3 ? Number(value.toPrecision(3)).toExponential() : String(Number(value.toPrecision(4)));
  new uPlot({
    title: chart.title, width: 360, height: 260,
    scales: { x: { time: false }, y: chart.log ? { distr: 3 } : {} },
    axes: [{ label: chart.x, labelSize: 22 }, { size: 62, values: (u, all) => all.map((v) => v == null ? '' : number(u, v)) }],
    series: [{ label: chart.x }, ...chart.series.map(({ name, color, dash }) => ({ label: name, stroke: color, width: 2, dash, value: number }))],
  }, chart.data, document.getElementById('chart-' + i));
});
`;
