// In a page, on a backend of tfjs: one network as stock tfjs has it, as layers and as a graph, and Graft's predictors of it.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { compileForInference } from '@graftjs/inference';
import { loadGraph, loadLayers } from './page-models.mjs';

setWasmPaths('/tfjs/');

/** What ONNX Runtime computes with, by the backend beside which it stands. */
const providers = { wasm: 'wasm', webgpu: 'webgpu' };

/**
 * By side, the milliseconds of each round, and what it predicted last; neither for a side that cannot predict at all, as
 * where a backend of stock tfjs lacks what its converter wrote.
 */
window.race = async (backend, name, size, rounds) => {
  if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} is not available`);
  const layers = await loadLayers(name, size);
  const graph = await loadGraph(name, size);
  const graft = await compileForInference(layers, { engine: 'tfjs' });
  const runtime = backend in providers && (await onnxRuntime(layers, providers[backend]));
  const images = tf.randomUniform([1, size, size, 3], 0, 1, 'float32', 1);
  const sides = {
    layers: () => layers.predict(images),
    graph: () => graph.predict(images),
    graft: () => graft.predict(images),
    ...(runtime && { runtime: () => runtime.predict(images) }),
  };
  const times = {};
  const last = {};
  for (const [side, predict] of Object.entries(sides)) {
    try {
      last[side] = (await timed(predict)).values;
      times[side] = [];
    } catch (error) {
      if (side !== 'graph') throw error;
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const side of Object.keys(times)) {
      const { milliseconds, values } = await timed(sides[side]);
      times[side].push(milliseconds);
      last[side] = values;
    }
  }
  return { times, last };
};

async function timed(predict) {
  const started = performance.now();
  const predictions = await predict();
  const values = [...(await predictions.data())];
  const milliseconds = performance.now() - started;
  predictions.dispose();
  return { milliseconds, values };
}

async function onnxRuntime(model, provider) {
  const runtime = await import(`${location.href}ort/ort.${provider}.min.mjs`);
  return compileForInference(model, {
    ...{ engine: 'onnxruntime', runtime, threads: 1 },
    wasmPaths: `${location.href}ort/`,
    executionProviders: [provider],
  });
}
