// What is asked of ONNX Runtime, and what becomes of its refusal.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { compileForInference } from '../compile-for-inference.js';
import type { OnnxRuntime, SessionOptions } from './onnx-runtime.js';

const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });

/** A runtime that remembers what it was asked for and given, and refuses. */
function refusing(): { runtime: OnnxRuntime; asked: SessionOptions[]; given: string[] } {
  const asked: SessionOptions[] = [];
  const given: string[] = [];
  const create = (file: Uint8Array, options: SessionOptions) => {
    asked.push(options);
    given.push(new TextDecoder('latin1').decode(file));
    return Promise.reject(new Error('no such provider\nat line 3'));
  };
  class Tensor {
    readonly dims = [];
    readonly data = undefined;
    dispose(): void {}
  }
  return { runtime: { InferenceSession: { create }, Tensor, env: { wasm: {} } }, asked, given };
}

it('is told of threads, providers and the place of the WebAssembly', async () => {
  const { runtime, asked } = refusing();
  const options = { threads: 2, executionProviders: ['webgpu', 'wasm'], wasmPaths: '/ort/' };
  const { engine } = await compileForInference(model, { runtime, ...options });
  expect(runtime.env.wasm).toEqual({ wasmPaths: '/ort/', numThreads: 2 });
  expect(asked).toMatchObject([{ intraOpNumThreads: 2, executionProviders: ['webgpu', 'wasm'] }]);
  const reason = 'ONNX Runtime does not run the model: no such provider';
  expect(engine).toEqual({ name: 'tfjs', reason });
});

it('is given images to transpose only where it is not the processor that computes', async () => {
  const { runtime, given } = refusing();
  const images = sequential({
    layers: [layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [8, 8, 3] })],
  });
  for (const executionProviders of [undefined, ['wasm'], ['webgpu', 'wasm']]) {
    await compileForInference(images, { runtime, ...(executionProviders && { executionProviders }) }); // prettier-ignore
  }
  // Each transposes what the convolution gives.
  const count = given.map((file) => file.split('Transpose').length - 1);
  expect(count).toEqual([1, 1, 2]);
});

it('says in one line what it cannot predict', async () => {
  const free = sequential({
    layers: [layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [null, null, 3] })],
  });
  const predictor = await compileForInference(free, { engine: 'onnxruntime' });
  await expect(predictor.predict(tf.ones([1, 2, 2, 3]))).rejects.toThrow(
    /^ONNX Runtime does not predict: .*Invalid input shape.*$/,
  );
  await predictor.dispose();
});

it('is not replaced where it was asked for by name', async () => {
  const { runtime } = refusing();
  await expect(compileForInference(model, { runtime, engine: 'onnxruntime' })).rejects.toThrow(
    'ONNX Runtime does not run the model: no such provider',
  );
});

it('has its files in a folder', async () => {
  const { runtime } = refusing();
  await expect(compileForInference(model, { runtime, wasmPaths: '/ort' })).rejects.toThrow(
    'wasmPaths must be the URL of a folder, with a slash at its end. Received: "/ort"',
  );
  await expect(compileForInference(model, { wasmPaths: '/ort/' })).rejects.toThrow(
    'runtime must be onnxruntime-web where there are wasmPaths. Received: undefined',
  );
});
