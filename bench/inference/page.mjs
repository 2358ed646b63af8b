// The predictor and stock tfjs-layers on a backend of the browser.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { compileForInference } from '@graftjs/inference';
import { efficientNetLite0, mobileNetV2, resNet50 } from '@graftjs/model-zoo';

const makers = { efficientNetLite0, mobileNetV2, resNet50 };

setWasmPaths('/');
window.race = async (backend, name, size, rounds) => {
  if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} is not available`);
  const model = await makers[name]({
    weights: null,
    includeTop: false,
    pooling: 'avg',
    inputShape: [size, size, 3],
  });
  const predictor = await compileForInference(model, { engine: 'tfjs' });
  const images = tf.randomUniform([1, size, size, 3], 0, 1, 'float32', 1);
  const sides = { stock: () => model.predict(images), graft: () => predictor.predict(images) };
  const times = { stock: [], graft: [] };
  const last = {};
  for (let round = -1; round < rounds; round++) {
    for (const [side, predict] of Object.entries(sides)) {
      const started = performance.now();
      const predictions = await predict();
      last[side] = await predictions.data();
      if (round >= 0) times[side].push(performance.now() - started);
      predictions.dispose();
    }
  }
  const apart = last.stock.map((value, i) => Math.abs(value - last.graft[i]));
  const largest = Math.max(...last.stock.map(Math.abs));
  return { ...times, difference: Math.max(...apart) / Math.max(1, largest) };
};
