// Graft's side: graft.mjs FILE BATCH_SIZE graph|eager, seconds a batch of each call of predict.

import '@tensorflow/tfjs-node-gpu';
import { registerNodeBackend } from '@graftjs/backend-node';
import { loadModel } from '@graftjs/keras-format/node';
import { predict } from '@graftjs/training';
import { images, measure } from './measure.mjs';

const [file, size, engine] = process.argv.slice(2);
const batchSize = Number(size);
registerNodeBackend();
const model = await loadModel(file);
// Two halves are too few batches for a graph.
const parts =
  engine === 'graph' ? [images(batchSize, 40)] : [20, 20].map((n) => images(batchSize, n));
await measure(async () => {
  for (const xs of parts) (await predict(model, xs, { batchSize })).dispose();
}, {});
