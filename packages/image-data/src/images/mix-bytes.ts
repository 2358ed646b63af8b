// The mixing of bytes along one axis in fixed point: by WebAssembly where that runs, else in JavaScript, to the same bit.

import { wasmModule } from '../augmentation/kernels/wasm-code.js';
import { across, down, SLACK } from './byte-kernels.js';
import { mix, type Line } from './lines.js';
import { fractionBits } from './pillow-lines.js';

type Kernel = (...numbers: number[]) => void;

interface Room {
  readonly memory: WebAssembly.Memory;
  readonly kernels: { readonly across: Kernel; readonly down: Kernel };
}

const PAGE = 65536;

/** The memory is kept: what needs more of it is computed in JavaScript. */
const MOST_BYTES = 2 ** 26;

/** So many bytes of rows at a time stay in the processor's cache. */
const BAND_BYTES = 2 ** 18;

/** One for all. Null where WebAssembly does not run. */
let opened: Room | null | undefined;

/**
 * [outer, from, inner] → [outer, lines.length, inner]: pixel i of each row by line i, rounded to a byte.
 *
 * @param inner numbers that a step along the axis skips
 * @param lines their weights are integers, units of 2^-{@link fractionBits}
 */
export function mixBytes(
  source: Uint8Array,
  { from, inner }: { from: number; inner: number },
  lines: readonly Line[],
): Uint8Array {
  const [fromBytes, toBytes] = [from * inner, lines.length * inner];
  const rows = source.length / fromBytes;
  const target = new Uint8Array(rows * toBytes);
  const table = tableOf(lines, { from, inner });
  // A pixel fits into one vector, or the rows of one image are mixed.
  const isAcross = inner <= 4;
  const band = isAcross ? Math.max(1, Math.min(rows, Math.floor(BAND_BYTES / fromBytes))) : 1;
  const [tableAt, fromAt, toAt, end] = places(table.byteLength, band * fromBytes, band * toBytes);
  const room = roomFor(end);
  if (!room) {
    mix(source, { from, inner }, lines, new Uint8ClampedArray(target.buffer), round);
    return target;
  }
  const { memory, kernels } = room;
  new Int32Array(memory.buffer, tableAt, table.length).set(table);
  const input = new Uint8Array(memory.buffer, fromAt, band * fromBytes);
  const output = new Uint8Array(memory.buffer, toAt, band * toBytes);
  const taps = table.length / lines.length - 1;
  for (let row = 0; row < rows; row += band) {
    const count = Math.min(band, rows - row);
    input.set(source.subarray(row * fromBytes, (row + count) * fromBytes));
    if (isAcross)
      kernels.across(fromAt, toAt, count, fromBytes, inner, lines.length, taps, tableAt);
    else kernels.down(fromAt, toAt, lines.length, inner, taps, tableAt);
    target.set(output.subarray(0, count * toBytes), row * toBytes);
  }
  return target;
}

const half = 1 << (fractionBits - 1);

function round(sum: number): number {
  return (sum + half) >> fractionBits;
}

/** For each line how far its first number is from the start of a row, then as many weights as the longest has. */
function tableOf(lines: readonly Line[], { from, inner }: { from: number; inner: number }) {
  const taps = lines.reduce((most, { weights }) => Math.max(most, weights.length), 0);
  const table = new Int32Array(lines.length * (taps + 1));
  lines.forEach(({ first, weights }, i) => {
    // Where zeros after the weights would be for numbers beyond the row, they come before them.
    const start = Math.min(first, from - taps);
    const entry = i * (taps + 1);
    table[entry] = start * inner;
    table.set(weights, entry + 1 + first - start);
  });
  return table;
}

/** Where parts of so many bytes begin, each at a multiple of 16; and where the last ends. */
function places(table: number, from: number, to: number): [number, number, number, number] {
  const room = (bytes: number) => Math.ceil((bytes + SLACK) / 16) * 16;
  return [0, room(table), room(table) + room(from), room(table) + room(from) + room(to)];
}

/** Null where WebAssembly does not run, or should not take as much memory, or cannot have it. */
function roomFor(bytes: number): Room | null {
  opened = opened === undefined ? openRoom() : opened;
  if (!opened || bytes > MOST_BYTES) return null;
  const { memory } = opened;
  const missing = bytes - memory.buffer.byteLength;
  try {
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return opened;
  } catch {
    return null;
  }
}

/** It does not run where there is no SIMD, or a content security policy forbids it. */
function openRoom(): Room | null {
  try {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const compiled = new WebAssembly.Module(wasmModule([across, down]));
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    return { memory, kernels: exports as unknown as Room['kernels'] };
  } catch {
    return null;
  }
}
