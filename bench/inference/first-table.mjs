// From a file of Keras to the first prediction, in a fresh process each.

import { median, runNode, runPython } from '../lib/measure.mjs';
import { modelFiles } from '../lib/model-files.mjs';
import { publish } from '../lib/results.mjs';

const ROUNDS = 3;
const MODELS = ['MobileNetV2', 'ResNet50', 'EfficientNetLite0'];

export async function firstTable() {
  const rows = [];
  let versions = {};
  for (const name of MODELS) {
    const { h5 } = modelFiles(name);
    const keras = '../first-prediction/keras_first.py';
    const sides = {
      'Keras, `model(x)`': () => runPython(keras, [h5, 'call'], import.meta.url),
      'Graft, ONNX Runtime': () => runNode('./first.mjs', [h5], import.meta.url),
    };
    const results = new Map(Object.keys(sides).map((side) => [side, []]));
    // The first round fills the caches.
    for (let round = -1; round < ROUNDS; round++) {
      for (const [side, run] of Object.entries(sides)) {
        const started = Date.now() / 1000;
        const result = run();
        versions = { ...versions, ...result.versions };
        if (round >= 0)
          results.get(side).push({ ...result, wholeSeconds: result.finished - started });
      }
    }
    rows.push(...rowsOf(name, results));
  }
  publish('inference-first', {
    bench: 'inference',
    title: 'From an .h5 file to the first prediction, by the predictor',
    how:
      'One image of 224 by 224, a fresh process each time, the sides in turn, ' +
      `${ROUNDS} rounds after one that fills the caches; medians. "whole": from the start of the process; "load": from the call ` +
      'that loads the model.',
    versions,
    header: ['model', 'side', 'whole, s', 'ratio', 'load, s', 'ratio', 'peak memory, MB', 'ratio'],
    rows,
  });
}

function rowsOf(name, results) {
  const fields = ['wholeSeconds', 'loadSeconds', 'peakMegabytes'];
  const valueOf = (side, field) => median(results.get(side).map((result) => result[field]));
  const [first] = results.keys();
  return [...results.keys()].map((side) => {
    const cells = fields.flatMap((field, i) => [
      valueOf(side, field).toFixed(i === 2 ? 0 : 2),
      (valueOf(side, field) / valueOf(first, field)).toFixed(2),
    ]);
    return [name, side, ...cells];
  });
}
