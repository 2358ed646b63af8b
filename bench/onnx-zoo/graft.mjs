// Graft's side: graft.mjs MODEL FILE writes the model as ONNX, runs it, and prints how far it is from the model itself.

import '@tensorflow/tfjs-node-gpu';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { registerNodeBackend } from '@graftjs/backend-node';
import { compileForInference, toOnnx } from '@graftjs/inference';
import { modelTable, zooModel } from '@graftjs/model-zoo';

registerNodeBackend();
const [name, file] = process.argv.slice(2);
const size = modelTable[name].inputSize;
const model = await zooModel(name, {
  ...{ weights: null, classifierActivation: null, inputShape: [size, size, 3] },
});
for (const [i, weight] of model.weights.entries()) {
  const value = randomWeight(weight.originalName.split('/').at(-1), weight.shape, i);
  weight.write(value);
  value.dispose();
}
const bytes = await toOnnx(model);
writeFileSync(file, bytes);
const predictor = await compileForInference(model, { engine: 'onnxruntime' });
const x = tf.randomUniform([2, size, size, 3], -1, 1, 'float32', 1);
const [expected, found] = [model.predict(x), await predictor.predict(x)];
const require = createRequire(new URL('../../packages/inference/package.json', import.meta.url));
const { version } = require('onnxruntime-node/package.json');
const largest = (tensor) => tf.max(tf.abs(tensor)).dataSync()[0];
console.log(
  JSON.stringify({
    ...{ size, bytes: bytes.length, versions: { 'onnxruntime-node': version } },
    error: largest(tf.sub(found, expected)) / largest(expected),
  }),
);

/** Signals keep their size, and statistics are no ones and zeros. */
function randomWeight(kind, shape, seed) {
  const ranges = {
    gamma: [0.6, 1],
    beta: [-0.2, 0.2],
    moving_mean: [-0.1, 0.1],
    moving_variance: [0.5, 1.5],
    bias: [-0.1, 0.1],
  };
  const inputs = shape.slice(0, kind === 'depthwise_kernel' ? 2 : -1).reduce((a, b) => a * b, 1);
  const limit = Math.sqrt(6 / inputs);
  const [low, high] = ranges[kind] ?? [-limit, limit];
  return tf.randomUniform(shape, low, high, 'float32', seed + 1);
}
