// Graft's predictor: graft.mjs FILE onnxruntime|tfjs.

import * as tf from '@tensorflow/tfjs-core';
import { compileForInference } from '@graftjs/inference';
import { loadModel } from '@graftjs/keras-format/node';
import { serve } from './serve.mjs';

const [file, engine] = process.argv.slice(2);
if (engine === 'tfjs') {
  await import('@tensorflow/tfjs-node-gpu');
  const { registerNodeBackend } = await import('@graftjs/backend-node');
  registerNodeBackend();
} else {
  // It only holds the arrays.
  await import('@tensorflow/tfjs-backend-cpu');
}
const model = await loadModel(file);
const predictor = await compileForInference(model, { engine });
await serve({}, (batchSize) => {
  const images = tf.fill([batchSize, 224, 224, 3], 0.5);
  return async () => {
    const predictions = await predictor.predict(images);
    const values = await predictions.data();
    predictions.dispose();
    return values;
  };
});
