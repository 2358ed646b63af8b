// Graft's side: graft.mjs FILE BATCH_SIZE graph|eager, seconds a batch of calls of predict.

import '@tensorflow/tfjs-node-gpu';
import { registerNodeBackend } from '@graftjs/backend-node';
import { loadModel } from '@graftjs/keras-format/node';
import { predict } from '@graftjs/training';
import { images, measure } from './measure.mjs';

const [file, size, engine] = process.argv.slice(2);
const batchSize = Number(size);
registerNodeBackend();
const model = await loadModel(file);
// In parts of 32 these are too few batches for a graph.
const parts = engine === 'graph' ? [64] : [32, 32];
const all = parts.map((batches) => images(batchSize, batches));
await measure(async () => {
  for (const xs of all) (await predict(model, xs, { batchSize })).dispose();
}, {});
