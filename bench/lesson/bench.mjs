// The lesson's recipe, seed by seed: `graft demo --lesson` beside the same in Keras.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, runNode, runPython } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';

const DEFAULT_SEEDS = 5;

export async function bench([count = String(DEFAULT_SEEDS)]) {
  const out = mkdtempSync(join(tmpdir(), 'graft-lesson-'));
  try {
    const args = ['demo', '--lesson', '--json', '--seeds', count, '--out', out];
    const graft = runNode('../../apps/cli/dist/cli.js', args, import.meta.url);
    const keras = runPython('./keras_lesson.py', [count], import.meta.url);
    const sides = {
      Graft: graft.trials.map(({ a, b, bOnA }) => [a, b, bOnA].map((m) => m.testAccuracy)),
      Keras: keras.trials,
    };
    publish('lesson', {
      title: "The lesson's recipe on Fashion-MNIST, Graft and Keras",
      how:
        `Test accuracy over ${count} seeds. A: 20 epochs of SGD at 1e-3 on 8 classes; B: the same on 200 images of sandals ` +
        'and shirts; B on A: head alone 4 epochs at 1e-2, then everything 16 epochs at 1e-3. Batches of 32. Initial ' +
        'weights and the order of the images differ between the sides.',
      versions: keras.versions,
      header: [
        'side',
        'model',
        'mean',
        'median',
        'sd',
        'lowest',
        'highest',
        'error of B / of B on A',
      ],
      rows: Object.entries(sides).flatMap(([side, trials]) => sideRows(side, trials)),
    });
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function sideRows(side, trials) {
  const column = (k) => trials.map((trial) => trial[k]);
  const factor = (1 - mean(column(1))) / (1 - mean(column(2)));
  return ['A', 'B', 'B on A'].map((model, k) => {
    const values = column(k);
    const figures = [
      mean(values),
      median(values),
      deviation(values),
      Math.min(...values),
      Math.max(...values),
    ];
    return [side, model, ...figures.map(percent), k === 2 ? factor.toFixed(1) : ''];
  });
}

const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;
const deviation = (values) =>
  Math.sqrt(values.reduce((sum, v) => sum + (v - mean(values)) ** 2, 0) / (values.length - 1));
const percent = (value) => `${(100 * value).toFixed(2)} %`;
