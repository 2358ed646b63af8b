// What is asked of ONNX Runtime, and what becomes of its refusal.

import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { compileForInference } from '../compile-for-inference.js';
import type { OnnxRuntime, SessionOptions } from './onnx-runtime.js';

const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });

/** A runtime that remembers what it was asked for, and refuses. */
function refusing(): { runtime: OnnxRuntime; asked: SessionOptions[] } {
  const asked: SessionOptions[] = [];
  const create = (_: Uint8Array, options: SessionOptions) => {
    asked.push(options);
    return Promise.reject(new Error('no such provider\nat line 3'));
  };
  class Tensor {
    readonly dims = [];
    readonly data = undefined;
    dispose(): void {}
  }
  return { runtime: { InferenceSession: { create }, Tensor, env: { wasm: {} } }, asked };
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
