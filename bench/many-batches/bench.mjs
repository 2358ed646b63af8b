// Prediction of many images: Graft, as a graph and op by op, beside Keras, stock tfjs and ONNX Runtime.

import { median, runNode, runPython } from '../lib/measure.mjs';
import { modelFiles } from '../lib/model-files.mjs';
import { loadOnnxRuntime, onnxFile } from '../lib/onnx.mjs';
import { publish } from '../lib/results.mjs';

const CASES = [
  ['MobileNetV2', '1'],
  ['MobileNetV2', '8'],
  ['ResNet50', '1'],
  ['ResNet50', '8'],
];

export async function bench([given]) {
  const rounds = Number(given ?? 3);
  // Installed now, not while a side is timed.
  loadOnnxRuntime();
  const rows = [];
  let versions = {};
  for (const [name, size] of CASES) {
    const { h5, json } = modelFiles(name);
    const onnx = onnxFile(name);
    const sides = {
      'Keras, `predict`': () => runPython('./keras_predict.py', [h5, size], import.meta.url),
      'Keras, `tf.function`': () => runPython('./keras_function.py', [h5, size], import.meta.url),
      Graft: () => runNode('./graft.mjs', [h5, size, 'graph'], import.meta.url),
      'Graft, op by op': () => runNode('./graft.mjs', [h5, size, 'eager'], import.meta.url),
      'stock tfjs': () => runNode('./stock.mjs', [json, size], import.meta.url),
      'ONNX Runtime': () => runNode('./onnx.mjs', [onnx, size], import.meta.url),
    };
    const results = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [side, run] of Object.entries(sides)) {
        const result = run();
        results[side].push(result);
        versions = { ...versions, ...result.versions };
      }
    }
    const valueOf = (side, field) => median(results[side].map((result) => result[field]));
    for (const side of Object.keys(sides)) {
      const cells = ['seconds', 'cpuSeconds'].flatMap((field) => {
        const value = valueOf(side, field);
        return [(value * 1000).toFixed(1), (value / valueOf('Keras, `predict`', field)).toFixed(2)];
      });
      rows.push([name, size, side, ...cells]);
      console.error(rows.at(-1).join('  '));
    }
  }
  publish('many-batches', {
    title: 'Predicting many images',
    how:
      'Random images of 224 by 224, a call of `predict` for 64 batches to warm up, and one that counts. ' +
      `${rounds} round${rounds === 1 ? '' : 's'} in turn, each in a fresh process. "op by op": what Graft does with fewer than 64 batches. All that a ` +
      'call takes is in it, also the building of the graph. "CPU": of all threads. Ratios to `predict` of Keras.',
    versions,
    header: ['model', 'batch size', 'side', 'ms a batch', 'ratio', 'CPU ms a batch', 'ratio'],
    rows,
  });
}
