// Graft's side of zoo-parity: graft.mjs MODEL DIR KERAS, what keras_zoo.py wrote there and printed; prints how far it is from Keras.

import '@tensorflow/tfjs-node-gpu';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { registerNodeBackend } from '@graftjs/backend-node';
import { zooModel } from '@graftjs/model-zoo';

registerNodeBackend();
const [name, folder, keras] = process.argv.slice(2);
const { top, noTop } = JSON.parse(keras);

const whole = await zooModel(name, { weights: join(folder, 'top.weights.h5') });
const outputs = [whole.getLayer(top.featureLayer).output, whole.outputs[0]];
const both = layers.model({ inputs: whole.inputs, outputs });
const [features, probabilities] = both.predict(image('top-image', top.size));

const pooled = await zooModel(name, {
  ...{ weights: join(folder, 'no-top.weights.h5'), includeTop: false, pooling: 'avg' },
  inputShape: [noTop.size, noTop.size, 3],
});
const averaged = pooled.predict(image('no-top-image', noTop.size));

console.log(
  JSON.stringify({
    parameters: whole.countParams(),
    errors: {
      features: largestError(features, 'features') / largest('features'),
      probabilities: largestError(probabilities, 'probabilities'),
      averaged: largestError(averaged, 'averaged') / largest('averaged'),
    },
  }),
);

function read(file) {
  const { buffer, byteOffset, byteLength } = readFileSync(join(folder, `${file}.f32`));
  return new Float32Array(buffer, byteOffset, byteLength / 4);
}

function image(file, size) {
  return tf.tensor(read(file), [1, size, size, 3]);
}

function largest(file) {
  return read(file).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function largestError(tensor, file) {
  const [actual, expected] = [tensor.dataSync(), read(file)];
  if (actual.length !== expected.length) return Infinity;
  // Math.max keeps a NaN, which is no small error: no comparison with it holds.
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[i])), 0);
}
