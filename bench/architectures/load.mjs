// Graft's side for one file: load.mjs FILE X FEATURE_LAYER SHAPE; prints parameters and how far its outputs are from Keras's.

import '@tensorflow/tfjs-node-gpu';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { registerNodeBackend } from '@graftjs/backend-node';
import { loadModel } from '@graftjs/keras-format/node';

registerNodeBackend();
const [file, featureLayer, shape] = process.argv.slice(2);
const read = (name) => {
  const bytes = readFileSync(join(dirname(file), `${name}.f32`));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
};
const started = performance.now();
const model = await loadModel(file);
const seconds = (performance.now() - started) / 1000;
const outputs = [model.getLayer(featureLayer).output, model.outputs[0]];
const both = layers.model({ inputs: model.inputs, outputs });
const x = tf.tensor(read('x'), JSON.parse(shape));
const [features, probabilities] = both.predict(x).map((output) => output.dataSync());
console.log(
  JSON.stringify({
    parameters: model.countParams(),
    featureError: largestError(features, read('features'), true),
    probabilityError: largestError(probabilities, read('probabilities'), false),
    seconds,
  }),
);

function largestError(actual, expected, relative) {
  if (actual.length !== expected.length) return Infinity;
  let worst = 0;
  let scale = 0;
  for (const [i, value] of expected.entries()) {
    // A NaN on either side is an infinite error, not none.
    const difference = Math.abs(actual[i] - value);
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
    scale = Math.max(scale, Math.abs(value));
  }
  return relative ? worst / scale : worst;
}
