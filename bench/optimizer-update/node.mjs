// The backends that run in Node: `node node.mjs cpu|wasm|tensorflow shapes rounds`.

import '@tensorflow/tfjs-backend-cpu';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { registerNodeBackend } from '@graftjs/backend-node';
import { registerUpdateKernel as registerOnCpu } from '@graftjs/optimizers/cpu';
import { registerUpdateKernel as registerOnWasm } from '@graftjs/optimizers/wasm';
import { inGraph } from './in-graph.mjs';
import { measure, names } from './measure.mjs';

const [backend, shapes, rounds] = process.argv.slice(2);
if (backend === 'wasm') {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const require = createRequire(import.meta.url);
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`);
}
if (backend === 'tensorflow') {
  await import('@tensorflow/tfjs-node-gpu');
  registerNodeBackend();
}
if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} is not available`);
registerOnCpu();
registerOnWasm();
const results = {};
const graphResults = {};
for (const name of names) {
  const all = [name, JSON.parse(shapes), Number(rounds)];
  results[name] = await measure(...all);
  if (backend === 'tensorflow') graphResults[name] = await measure(...all, inGraph);
}
console.log(JSON.stringify({ results, graphResults, versions: { tfjs: tf.version_core } }));
