// ONNX Runtime for a backend, from the files of this build. It is loaded when it is first needed.

import threadedModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import threadedWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import gpuModule from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import gpuWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import type { InferenceOptions, OnnxRuntime } from '@graftjs/inference';
import { backendTitles, type BackendName } from '../protocol.js';

/** The options of `compileForInference` by which ONNX Runtime computes on a backend. */
export async function runtimeFor(
  backend: BackendName,
): Promise<Pick<InferenceOptions, 'runtime' | 'executionProviders'>> {
  if (backend === 'webgpu') {
    const runtime = await import('onnxruntime-web/webgpu');
    runtime.env.wasm.wasmPaths = { mjs: gpuModule, wasm: gpuWasm };
    return { runtime, executionProviders: ['webgpu'] };
  }
  if (backend === 'wasm') {
    const runtime = await import('onnxruntime-web/wasm');
    runtime.env.wasm.wasmPaths = { mjs: threadedModule, wasm: threadedWasm };
    return { runtime, executionProviders: ['wasm'] };
  }
  return { runtime: refusing(`it has no ${backendTitles[backend]}`) };
}

/** In place of ONNX Runtime where it cannot compute, so that `auto` can say why. */
function refusing(reason: string): OnnxRuntime {
  class Tensor {
    readonly dims = [];
    readonly data = undefined;
    dispose(): void {}
  }
  const create = () => Promise.reject(new Error(reason));
  return { InferenceSession: { create }, Tensor, env: { wasm: {} } };
}
