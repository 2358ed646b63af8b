// The backends of tfjs: which there are in this browser, and how one is started.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';
import { backendNames, backendTitles, type BackendName, type BackendStatus } from '../protocol.js';

type Found = Omit<BackendStatus, 'name'>;

const software = 'by software here, without a graphics card';

const probes: Readonly<Record<BackendName, () => Found | Promise<Found>>> = {
  webgpu: probeWebGpu,
  webgl: probeWebGl,
  wasm: () => (typeof WebAssembly === 'object' ? {} : { missing: 'this browser has it not' }),
  cpu: () => ({ slow: 'plain JavaScript' }),
};

export function probeBackends(): Promise<BackendStatus[]> {
  return Promise.all(backendNames.map(async (name) => ({ name, ...(await probes[name]()) })));
}

/** @throws GraftError where it cannot be had after all */
export async function startBackend(name: BackendName): Promise<void> {
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plainWasm,
    'tfjs-backend-wasm-simd.wasm': simdWasm,
    // Never asked for; yet all three have to be named.
    'tfjs-backend-wasm-threaded-simd.wasm': simdWasm,
  });
  // Its threads run a function's own text, and what a bundler has moved out of the function is missing there.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await tf.setBackend(name))) {
    throw new GraftError(`${backendTitles[name]} does not start in this browser`);
  }
}

/** As much of WebGPU as is asked of it here. */
interface Gpu {
  requestAdapter(): Promise<{ readonly info?: { readonly isFallbackAdapter?: boolean } } | null>;
}

async function probeWebGpu(): Promise<Found> {
  const { gpu } = navigator as { gpu?: Gpu };
  if (!gpu) return { missing: isSecureContext ? 'this browser has it not' : 'it needs https' };
  const adapter = await gpu.requestAdapter();
  if (adapter === null) return { missing: 'no graphics card was found for it' };
  return adapter.info?.isFallbackAdapter ? { slow: software } : {};
}

function probeWebGl(): Found {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) return { missing: 'this browser has it not' };
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(info && context.getParameter(info.UNMASKED_RENDERER_WEBGL));
  return /swiftshader|llvmpipe|software/i.test(renderer) ? { slow: software } : {};
}
