// Graft's side: seconds of each epoch after the first.

import { BATCH_SIZE, EPOCHS, modelA, report, trainingSet } from './network.mjs';
import { registerNodeBackend } from '@graftjs/backend-node';
import { arrayDataset } from '@graftjs/image-data';
import { Adam, SGD } from '@graftjs/optimizers';
import { fit } from '@graftjs/training';

registerNodeBackend();
const data = arrayDataset({
  ...(await trainingSet()),
  batchSize: BATCH_SIZE,
  shuffle: true,
  seed: 0,
});
const seconds = [];
let started = 0;
const { engine } = await fit(modelA(process.argv[3] === 'dropout'), data, {
  optimizer: process.argv[2] === 'adam' ? new Adam() : new SGD({ learningRate: 1e-3 }),
  loss: 'sparseCategoricalCrossentropy',
  metrics: ['accuracy'],
  epochs: EPOCHS + 1,
  callbacks: [
    {
      onEpochBegin: () => void (started = performance.now()),
      onEpochEnd: () => void seconds.push((performance.now() - started) / 1000),
    },
  ],
});
if (engine?.name !== 'graph') throw new Error(`the step was not compiled: ${engine?.reason}`);
report(seconds.slice(1));
