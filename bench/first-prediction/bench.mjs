// From a file of Keras to the first prediction of one image, in a fresh process each: Graft beside Keras and stock tfjs.

import { median, runNode, runPython } from '../lib/measure.mjs';
import { modelFiles } from '../lib/model-files.mjs';
import { publish } from '../lib/results.mjs';

const ROUNDS = 5;
const MODELS = ['ResNet50', 'MobileNetV2'];
const FORMATS = ['h5', 'keras'];

export async function bench() {
  const rows = [];
  let versions = {};
  for (const name of MODELS) {
    const files = modelFiles(name);
    for (const format of FORMATS) {
      const file = files[format];
      const sides = {
        'Keras, `model(x)`': () => runPython('./keras_first.py', [file, 'call'], import.meta.url),
        'Keras, `predict`': () => runPython('./keras_first.py', [file, 'predict'], import.meta.url),
        Graft: () => runNode('./graft.mjs', [file], import.meta.url),
      };
      if (format === 'h5') {
        sides['stock tfjs, model.json'] = () =>
          runNode('./stock.mjs', [files.json], import.meta.url);
      }
      const found = measure(sides);
      versions = { ...versions, ...found.versions };
      rows.push(...rowsOf(`${name}.${format}`, found.results));
      console.error(rows.slice(-Object.keys(sides).length).join('\n'));
    }
  }
  publish('first-prediction', {
    title: 'From a file to the first prediction',
    how:
      'Models of Keras with random weights; one image of 224 by 224; a fresh process each time, the sides in turn, ' +
      `${ROUNDS} rounds after one that fills the caches; medians. "whole": from the start of the process. "load": from the call that ` +
      'loads the model, all libraries being there. The ratios are to the better of the two ways of Keras.',
    versions,
    header: [
      'file',
      'side',
      'whole, s',
      'from to',
      'ratio',
      'load, s',
      'from to',
      'ratio',
      'peak memory, MB',
      'ratio',
    ],
    rows,
  });
}

function measure(sides) {
  const results = new Map(Object.keys(sides).map((side) => [side, []]));
  let versions = {};
  for (let round = -1; round < ROUNDS; round++) {
    for (const [side, run] of Object.entries(sides)) {
      const started = Date.now() / 1000;
      const result = run();
      if (round < 0) continue;
      results.get(side).push({ ...result, wholeSeconds: result.finished - started });
      versions = { ...versions, ...result.versions };
    }
  }
  const [expected, ...others] = [...results.values()].map(([{ largest }]) => largest);
  if (others.some((value) => Math.abs(value - expected) > 1e-6)) {
    throw new Error(`the sides predict different values: ${[expected, ...others].join(', ')}`);
  }
  return { results, versions };
}

function rowsOf(file, results) {
  const fields = ['wholeSeconds', 'loadSeconds', 'peakMegabytes'];
  const valuesOf = (side, field) => results.get(side).map((result) => result[field]);
  const keras = [...results.keys()].filter((side) => side.startsWith('Keras'));
  const best = fields.map((field) =>
    Math.min(...keras.map((side) => median(valuesOf(side, field)))),
  );
  return [...results.keys()].map((side) => {
    const cells = fields.flatMap((field, i) => {
      const values = valuesOf(side, field);
      const ratio = (median(values) / best[i]).toFixed(2);
      if (field === 'peakMegabytes') return [Math.round(median(values)), ratio];
      const range = `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;
      return [median(values).toFixed(2), range, ratio];
    });
    return [file, side, ...cells];
  });
}
