// Stock tfjs: the same network, data and TensorFlow, trained by tfjs-layers itself.

import { BATCH_SIZE, EPOCHS, modelA, report, trainingSet } from './network.mjs';
import * as tf from '@tensorflow/tfjs-core';

const { xs, ys } = await trainingSet();
const model = modelA(process.argv[3] === 'dropout');
model.compile({
  optimizer: process.argv[2] === 'adam' ? tf.train.adam() : tf.train.sgd(1e-3),
  loss: 'sparseCategoricalCrossentropy',
  metrics: ['accuracy'],
});
const seconds = [];
let started = 0;
await model.fit(tf.tensor(xs.data, xs.shape), tf.tensor(ys.data, ys.shape, 'float32'), {
  batchSize: BATCH_SIZE,
  epochs: EPOCHS + 1,
  verbose: 0,
  callbacks: {
    onEpochBegin: () => void (started = performance.now()),
    onEpochEnd: () => void seconds.push((performance.now() - started) / 1000),
  },
});
report(seconds.slice(1));
