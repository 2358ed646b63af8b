// What the scripts of Graft's side share: the model cut at its features, arrays from Keras, errors.

import '@tensorflow/tfjs-node-gpu';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as layers from '@tensorflow/tfjs-layers';
import { registerNodeBackend } from '@graftjs/backend-node';
import { loadModel } from '@graftjs/keras-format/node';

registerNodeBackend();

/** The model up to its features, the whole model, and the seconds that it took to load. */
export async function featuresOf(file, featureLayer) {
  const started = performance.now();
  const model = await loadModel(file);
  const seconds = (performance.now() - started) / 1000;
  const outputs = model.getLayer(featureLayer).output;
  return [layers.model({ inputs: model.inputs, outputs }), model, seconds];
}

/** An array beside the model, of the type that its extension names. */
export function readNumbers(file, name) {
  const { buffer, byteOffset, length } = readFileSync(join(dirname(file), name));
  return name.endsWith('.f64')
    ? new Float64Array(buffer, byteOffset, length / 8)
    : new Float32Array(buffer, byteOffset, length / 4);
}

export function largestError(actual, expected, relative) {
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
