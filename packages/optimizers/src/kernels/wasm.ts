// Updates on the 'wasm' backend: a module generated for the rule, working in the backend's memory.

import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Program } from './program.js';
import { provideUpdateKernel, type UpdateKernel } from './update-kernel.js';
import { wasmModule } from './wasm-module.js';

/** What is used of tfjs-backend-wasm. */
interface WasmBackend {
  readonly wasm: {
    readonly wasmMemory?: WebAssembly.Memory;
    readonly asm?: { readonly memory: WebAssembly.Memory };
  };
  readonly dataIdMap: { get(dataId: object): { memoryOffset: number } };
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
  refCount(dataId: object): number;
  incRef(dataId: object): void;
}

type Update = (...operands: number[]) => void;

const compiled = new WeakMap<WebAssembly.Memory, WeakMap<Program, Update>>();

function updateOf(program: Program, memory: WebAssembly.Memory): Update {
  let byProgram = compiled.get(memory);
  if (!byProgram) compiled.set(memory, (byProgram = new WeakMap()));
  let update = byProgram.get(program);
  if (!update) byProgram.set(program, (update = instantiate(program, memory)));
  return update;
}

function instantiate(program: Program, memory: WebAssembly.Memory): Update {
  const shared =
    typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  const wide = wasmModule(program, { shared, vector: true });
  const bytes = WebAssembly.validate(wide) ? wide : wasmModule(program, { shared, vector: false });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return instance.exports['update'] as Update;
}

const update: UpdateKernel<WasmBackend> = (backend, { program, scalars }, inputs) => {
  const [weight] = inputs as [TensorInfo];
  // XNNPACK keeps packed weights by tensor, so that the weight must be another one after each update.
  const outputs = program.outputs.map((_, i): TensorInfo => {
    const slot = i > 0 ? (inputs[i + 1] as TensorInfo) : undefined;
    if (!slot || backend.refCount(slot.dataId) > 1)
      return backend.makeOutput(weight.shape, 'float32');
    backend.incRef(slot.dataId);
    return { dataId: slot.dataId, shape: slot.shape, dtype: slot.dtype };
  });
  // Making an output may have moved the memory; its buffer and offsets are read after that.
  const memory = (backend.wasm.wasmMemory ?? backend.wasm.asm?.memory) as WebAssembly.Memory;
  const offset = ({ dataId }: TensorInfo) => backend.dataIdMap.get(dataId).memoryOffset;
  updateOf(program, memory)(
    ...[...inputs, ...outputs].map(offset),
    util.sizeFromShape(weight.shape),
    ...scalars,
  );
  return outputs;
};

/**
 * Makes the optimizers of this package update a variable in one pass of SIMD on the 'wasm' backend, with the same numbers
 * to float32 rounding.
 *
 * @example
 * import { registerUpdateKernel } from '@graftjs/optimizers/wasm';
 * registerUpdateKernel();
 */
export function registerUpdateKernel(): void {
  provideUpdateKernel('wasm', update);
}
