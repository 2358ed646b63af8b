// Answers of EfficientNet-Lite0 to photos by its ONNX files: graft.mjs FOLDER, which has a folder for each class.

import '@tensorflow/tfjs-backend-cpu';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { imageDataset, readImageFolder } from '@graftjs/image-data/node';
import { toOnnx } from '@graftjs/inference';
import { modelTable, preprocessLayer, zooModel } from '@graftjs/model-zoo';
import * as layers from '@tensorflow/tfjs-layers';

const name = 'efficientNetLite0';
const [folder] = process.argv.slice(2);
const require = createRequire(new URL('../../packages/inference/package.json', import.meta.url));
const ort = require('onnxruntime-node');
const { version } = require('onnxruntime-node/package.json');
await tf.setBackend('cpu');
const { inputSize, preprocess } = modelTable[name];
const network = await zooModel(name, { weights: 'imagenet' });
const input = layers.input({ shape: [inputSize, inputSize, 3] });
const model = layers.model({
  inputs: input,
  outputs: network.apply(preprocessLayer(preprocess).apply(input)),
});
const formats = ['float32', 'float16', 'int8'];
const sessions = [];
for (const weights of formats) {
  const bytes = await toOnnx(model, { weights });
  sessions.push({
    session: await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 }),
    megabytes: bytes.length / 1e6,
    ...{ same: 0, difference: 0 },
  });
}
const { classNames, images } = await readImageFolder(folder);
const size = [inputSize, inputSize];
for await (const { xs, ys } of imageDataset({
  images,
  classes: classNames.length,
  size,
  batchSize: 1,
})) {
  const x = new ort.Tensor('float32', await xs.data(), xs.shape);
  tf.dispose([xs, ys]);
  const [exact, ...others] = await Promise.all(
    sessions.map(async ({ session }) => {
      const results = await session.run({ [session.inputNames[0]]: x });
      return results[session.outputNames[0]].data;
    }),
  );
  const best = (values) => values.indexOf(Math.max(...values));
  [exact, ...others].forEach((values, i) => {
    if (best(values) === best(exact)) sessions[i].same++;
    const error = values.reduce((most, value, j) => Math.max(most, Math.abs(value - exact[j])), 0);
    sessions[i].difference = Math.max(sessions[i].difference, error);
  });
}
const rows = sessions.map(({ megabytes, same, difference }, i) => ({
  ...{ weights: formats[i], megabytes, difference, share: same / images.length },
}));
console.log(
  JSON.stringify({ rows, photos: images.length, versions: { 'onnxruntime-node': version } }),
);
