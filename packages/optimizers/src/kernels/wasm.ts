// Updates on the 'wasm' backend: a module generated for the rule, working in the backend's memory.

import { util, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Program } from './program.js';
import { provideUpdateKernel, type UpdateKernel } from './provide-kernel.js';
import { wasmModule } from './wasm-module.js';

/** What is used of tfjs-backend-wasm. */
interface WasmBackend {
  readonly wasm: {
    readonly wasmMemory?: WebAssembly.Memory;
    readonly asm?: { readonly memory: WebAssembly.Memory };
    readonly tfjs: {
      disposeData(id: number): void;
      registerTensor(id: number, size: number, memoryOffset: number): void;
    };
  };
  readonly dataIdMap: { get(dataId: object): { id: number; memoryOffset: number } };
  dataIdNextNumber: number;
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
  const [weight, , ...slots] = inputs as [TensorInfo, TensorInfo, ...TensorInfo[]];
  const size = util.sizeFromShape(weight.shape);
  const written = [weight, ...slots].map((tensor): TensorInfo => {
    const { dataId, shape } = tensor;
    if (backend.refCount(dataId) > 1) return backend.makeOutput(shape, 'float32');
    backend.incRef(dataId);
    return { dataId, shape, dtype: 'float32' };
  });
  if (written[0]?.dataId === weight.dataId) renew(backend, weight.dataId, size);
  // Making an output may have moved the memory; its buffer and offsets are read after that.
  const memory = (backend.wasm.wasmMemory ?? backend.wasm.asm?.memory) as WebAssembly.Memory;
  const offset = ({ dataId }: TensorInfo) => backend.dataIdMap.get(dataId).memoryOffset;
  updateOf(program, memory)(...[...inputs, ...written].map(offset), size, ...scalars);
  return written;
};

/** XNNPACK keeps packed weights by the tensor's number: what changes in place must get another. */
function renew(backend: WasmBackend, dataId: object, size: number): void {
  const { tfjs } = backend.wasm;
  const data = backend.dataIdMap.get(dataId);
  tfjs.disposeData(data.id);
  data.id = backend.dataIdNextNumber++;
  tfjs.registerTensor(data.id, size, data.memoryOffset);
}

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
