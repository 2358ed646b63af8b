// Stock tfjs-node on the same TensorFlow: stock.mjs MODEL_JSON BATCH_SIZE.

import * as tf from '@tensorflow/tfjs-node-gpu';
import { BATCHES, images, measure } from './measure.mjs';

const [file, size] = process.argv.slice(2);
const batchSize = Number(size);
const model = await tf.loadLayersModel(`file://${file}`);
const xs = images(batchSize, BATCHES);
await measure(
  async () => {
    const predictions = model.predict(xs, { batchSize });
    await predictions.data();
    predictions.dispose();
  },
  { tfjs: tf.version.tfjs },
);
