// Where one image after another is worked on, with the quickest kernels that run there.

import { javascriptKernels } from './javascript-kernels.js';
import type { Kernels } from './kernels.js';
import { SLACK, wasmKernels } from './wasm-kernels.js';

/** Two images of one length, and what changes them. What they held before is undefined. */
export interface Workroom {
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly kernels: Kernels;
}

interface WasmRoom {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
}

const PAGE = 65536;

/** Above this the memory, which is kept, would be too large: 32 MB an image, nearly 3 million pixels. */
const MOST_BYTES = 2 ** 25;

/** One for all: images are worked on one after another. Null where WebAssembly does not run. */
let wasmRoom: WasmRoom | null | undefined;

/** A room for images of so many values. */
export function workroom(length: number): Workroom {
  const bytes = SLACK + length * Float32Array.BYTES_PER_ELEMENT;
  if (wasmRoom === undefined) wasmRoom = openWasmRoom();
  if (!wasmRoom || bytes > MOST_BYTES) {
    const [from, to] = [new Float32Array(length), new Float32Array(length)];
    return { from, to, kernels: javascriptKernels };
  }
  const { memory, kernels } = wasmRoom;
  // A vector begins at a multiple of 16 bytes.
  const distance = Math.ceil(bytes / 16) * 16;
  const missing = SLACK + 2 * distance - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  return {
    from: new Float32Array(memory.buffer, SLACK, length),
    to: new Float32Array(memory.buffer, SLACK + distance, length),
    kernels,
  };
}

/** Where it cannot be, JavaScript computes the same bits. */
function openWasmRoom(): WasmRoom | null {
  try {
    const memory = new WebAssembly.Memory({ initial: 1 });
    return { memory, kernels: wasmKernels(memory) };
  } catch {
    return null;
  }
}
