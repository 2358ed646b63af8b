// Prediction of many images: Graft, as a graph and op by op, beside Keras's predict and stock tfjs on the same TensorFlow.

import { median, runNode, runPython } from '../lib/measure.mjs';
import { modelFiles } from '../lib/model-files.mjs';
import { publish } from '../lib/results.mjs';

const ROUNDS = 2;
const CASES = [
  ['MobileNetV2', '1'],
  ['MobileNetV2', '8'],
  ['ResNet50', '1'],
];

export async function bench() {
  const rows = [];
  let versions = {};
  for (const [name, size] of CASES) {
    const { h5, json } = modelFiles(name);
    const sides = {
      'Keras, `predict`': () => runPython('./keras_predict.py', [h5, size], import.meta.url),
      Graft: () => runNode('./graft.mjs', [h5, size, 'graph'], import.meta.url),
      'Graft, op by op': () => runNode('./graft.mjs', [h5, size, 'eager'], import.meta.url),
      'stock tfjs': () => runNode('./stock.mjs', [json, size], import.meta.url),
    };
    const seconds = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [side, run] of Object.entries(sides)) {
        const result = run();
        seconds[side].push(...result.seconds);
        versions = { ...versions, ...result.versions };
      }
    }
    const keras = median(seconds['Keras, `predict`']);
    for (const [side, values] of Object.entries(seconds)) {
      const milliseconds = [median(values), Math.min(...values), Math.max(...values)];
      const [middle, least, most] = milliseconds.map((value) => (value * 1000).toFixed(1));
      const ratio = (median(values) / keras).toFixed(2);
      rows.push([name, size, side, middle, `${least} to ${most}`, ratio]);
      console.error(rows.at(-1).join('  '));
    }
  }
  publish('many-batches', {
    title: 'Predicting many images',
    how:
      'Random images of 224 by 224, a call of `predict` for 128 batches to warm up, and one that counts. ' +
      `${ROUNDS} rounds in turn, each in a fresh process. "op by op": what Graft does with fewer than 64 batches. All that a ` +
      'call takes is in it, also the building of the graph. The ratio is that of the medians to Keras.',
    versions,
    header: ['model', 'batch size', 'side', 'milliseconds a batch', 'from to', 'ratio to Keras'],
    rows,
  });
}
