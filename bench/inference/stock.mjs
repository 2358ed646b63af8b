// Stock tfjs-node on the same TensorFlow: stock.mjs MODEL_JSON layers|graph.

import * as tf from '@tensorflow/tfjs-node-gpu';
import { serve } from './serve.mjs';

const [file, kind] = process.argv.slice(2);
const load = kind === 'layers' ? tf.loadLayersModel : tf.loadGraphModel;
const model = await load(`file://${file}`);
await serve({ tfjs: tf.version.tfjs }, (batchSize) => {
  const images = tf.fill([batchSize, 224, 224, 3], 0.5);
  return async () => {
    const predictions = model.predict(images, { batchSize });
    const values = await predictions.data();
    predictions.dispose();
    return values;
  };
});
