// The backends that run in Node: `node node.mjs cpu|wasm|tensorflow shapes rounds`.

import '@tensorflow/tfjs-backend-cpu';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { registerNodeBackend } from '@graftjs/backend-node';
import { registerUpdateKernel as registerOnCpu } from '@graftjs/optimizers/cpu';
import { registerUpdateKernel as registerOnWasm } from '@graftjs/optimizers/wasm';
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
for (const name of names) results[name] = await measure(name, JSON.parse(shapes), Number(rounds));
console.log(JSON.stringify({ results, versions: { tfjs: tf.version_core } }));
