// Graft's side: graft.mjs BACKEND OPTIONS; milliseconds for an image, by batch, without the first ones.

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { arrayDataset, augment } from '@graftjs/image-data';

const [backend, options] = process.argv.slice(2);
if (backend === 'wasm') {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const require = createRequire(import.meta.url);
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`);
}
if (backend === 'tensorflow') {
  await import('@tensorflow/tfjs-node-gpu');
  (await import('@graftjs/backend-node')).registerNodeBackend();
}
if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} is not available`);

const [BATCHES, WARM_UP, BATCH_SIZE] = [8, 2, 32];
const shape = [(BATCHES + WARM_UP) * BATCH_SIZE, 224, 224, 3];
const pixels = new Float32Array(shape.reduce((a, b) => a * b)).map(() => 255 * Math.random());
const ys = new Float32Array(shape[0]);
const data = arrayDataset({
  ...{ xs: { data: pixels, shape }, ys: { data: ys, shape: [shape[0]] } },
  batchSize: BATCH_SIZE,
});
const milliseconds = [];
let started = performance.now();
for await (const batch of augment(data, { ...JSON.parse(options), seed: 1 })) {
  // Some backends compute when they are asked.
  tf.slice(batch.xs, [0, 0, 0, 0], [1, 1, 1, 1]).dataSync();
  milliseconds.push((performance.now() - started) / BATCH_SIZE);
  tf.dispose({ ...batch });
  started = performance.now();
}
const versions = { tfjs: tf.version_core };
console.log(JSON.stringify({ milliseconds: milliseconds.slice(WARM_UP), versions }));
