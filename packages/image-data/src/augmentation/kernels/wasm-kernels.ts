// The kernels in WebAssembly, over a memory of their own.

import { javascriptKernels } from './javascript-kernels.js';
import type { Kernels } from './kernels.js';
import { wasmModule, type WasmFunction } from './wasm-code.js';
import { changeFunction, extremesFunction, LANES } from './wasm-values.js';
import { MOST_CHANNELS, warpFunction } from './wasm-warp.js';

type Run = (...numbers: number[]) => void;

const { BYTES_PER_ELEMENT } = Float32Array;

/** Where `extremes` writes: two vectors. */
const RESULT = 0;

/** Bytes before the first image, and after each. */
export const SLACK = 2 * LANES * BYTES_PER_ELEMENT;

/**
 * All arrays that these are given lie in the memory, with {@link SLACK} bytes behind them.
 *
 * @throws CompileError where there is no SIMD, or a content security policy forbids WebAssembly
 */
export function wasmKernels(memory: WebAssembly.Memory): Kernels {
  const functions = new Map<string, Run>();
  /** A function is compiled when it is first needed, and kept by what it does. */
  const compiled = (key: string, write: () => WasmFunction): Run => {
    let run = functions.get(key);
    if (!run) {
      const written = write();
      const module = new WebAssembly.Module(wasmModule([written]));
      const { exports } = new WebAssembly.Instance(module, { env: { memory } });
      functions.set(key, (run = exports[written.name] as Run));
    }
    return run;
  };
  const extremes = compiled('extremes', extremesFunction);
  return {
    warp(from, to, map, settings) {
      const { data, height, width, channels } = from;
      if (channels > MOST_CHANNELS || height < 2 || width < 2) {
        javascriptKernels.warp(from, to, map, settings);
        return;
      }
      const { fillMode, interpolationOrder, cval } = settings;
      const warp = compiled(`warp ${fillMode} ${interpolationOrder}`, () =>
        warpFunction(fillMode, interpolationOrder),
      );
      const pixelBytes = channels * BYTES_PER_ELEMENT;
      warp(data.byteOffset, to.byteOffset, width, height, pixelBytes, ...map, cval);
    },
    extremes(data) {
      const whole = data.length - (data.length % LANES);
      const found = new Float32Array(memory.buffer, RESULT, 2 * LANES);
      if (whole === 0) return javascriptKernels.extremes(data);
      extremes(data.byteOffset, whole, RESULT);
      const rest = data.subarray(whole);
      const extremesWith = (lanes: Float32Array) =>
        javascriptKernels.extremes(Float32Array.of(...lanes, ...rest));
      return [extremesWith(found.subarray(0, LANES))[0], extremesWith(found.subarray(LANES))[1]];
    },
    change(data, steps) {
      if (steps.length === 0 || data.length === 0) return;
      const names = steps.map(([name]) => name);
      const change = compiled(names.join(), () => changeFunction(names));
      change(data.byteOffset, data.length, ...steps.flatMap(([, ...numbers]) => numbers));
    },
  };
}
