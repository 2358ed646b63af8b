// The mixing of bytes along one axis as WebAssembly functions, in fixed point.

import {
  countUp,
  i32,
  v128,
  wasmFunction,
  type Code,
  type Local,
  type Operand,
} from '../augmentation/kernels/wasm-code.js';
import {
  integers,
  loadFourBytes,
  loadInteger,
  narrow,
  storeFourBytes,
  widen,
} from './byte-code.js';
import { fractionBits } from './pillow-lines.js';

/** Bytes that are read, and written, beyond the last. */
export const SLACK = 16;

/** Bytes of an integer in a table. */
const WORD = i32.constant(4);

const half = integers.splat(i32.constant(1 << (fractionBits - 1)));

const rounded = (sum: Local): Code => integers.shiftRight(sum, i32.constant(fractionBits));

const addProduct = (sum: Local, values: Code, weight: Operand): Code =>
  sum.set(integers.add(sum, integers.multiply(values, weight)));

const advance = (local: Local, by: Operand): Code => local.set(i32.add(local, by));

/**
 * `across(from, to, rows, rowBytes, pixelBytes, columns, taps, table)`: rows of pixels, each of one to four bytes. The table
 * has, for each column of the result, how far its first source pixel is from the start of the row, then `taps` weights.
 */
export const across = wasmFunction(
  'across',
  {
    ...({ from: 'i32', to: 'i32', rows: 'i32', rowBytes: 'i32' } as const),
    ...({ pixelBytes: 'i32', columns: 'i32', taps: 'i32', table: 'i32' } as const),
  },
  ({ from, to, rows, rowBytes, pixelBytes, columns, taps, table }, local) => {
    const [row, column, tap] = [local('i32'), local('i32'), local('i32')];
    const [entry, pixel, sum] = [local('i32'), local('i32'), local('v128')];
    const values = widen.lowHalves(widen.lowBytes(loadFourBytes(pixel)));
    return countUp(row, rows, 1, [
      ...entry.set(table),
      ...countUp(column, columns, 1, [
        ...pixel.set(i32.add(from, loadInteger(entry))),
        ...sum.set(half),
        ...countUp(tap, taps, 1, [
          ...advance(entry, WORD),
          ...addProduct(sum, values, integers.loadSplat(entry)),
          ...advance(pixel, pixelBytes),
        ]),
        ...advance(entry, WORD),
        ...sum.set(rounded(sum)),
        ...sum.set(narrow.toHalves(sum, sum)),
        // What is not of this pixel is written over by the next one.
        ...storeFourBytes(to, narrow.toBytes(sum, sum)),
        ...advance(to, pixelBytes),
      ]),
      ...advance(from, rowBytes),
    ]);
  },
);

/** `down(from, to, rows, rowBytes, taps, table)`: whole rows of bytes. The table is as above, for each row of the result. */
export const down = wasmFunction(
  'down',
  { from: 'i32', to: 'i32', rows: 'i32', rowBytes: 'i32', taps: 'i32', table: 'i32' },
  ({ from, to, rows, rowBytes, taps, table }, local) => {
    const [row, byte, tap] = [local('i32'), local('i32'), local('i32')];
    const [first, entry, at] = [local('i32'), local('i32'), local('i32')];
    const [bytes, weight] = [local('v128'), local('v128')];
    const sums = [local('v128'), local('v128'), local('v128'), local('v128')] as const;
    const [low, high] = [widen.lowBytes(bytes), widen.highBytes(bytes)];
    const values = [low, high].flatMap((eight) => [
      widen.lowHalves(eight),
      widen.highHalves(eight),
    ]);
    const [a, b, c, d] = sums;
    return countUp(row, rows, 1, [
      ...first.set(i32.add(from, loadInteger(table))),
      ...countUp(byte, rowBytes, 16, [
        ...entry.set(table),
        ...at.set(i32.add(first, byte)),
        ...sums.flatMap((sum) => sum.set(half)),
        ...countUp(tap, taps, 1, [
          ...advance(entry, WORD),
          ...weight.set(integers.loadSplat(entry)),
          ...bytes.set(v128.load(at)),
          ...sums.flatMap((sum, i) => addProduct(sum, values[i] as Code, weight)),
          ...advance(at, rowBytes),
        ]),
        // What is beyond the row is written over by the next one.
        ...v128.store(
          i32.add(to, byte),
          narrow.toBytes(
            narrow.toHalves(rounded(a), rounded(b)),
            narrow.toHalves(rounded(c), rounded(d)),
          ),
        ),
      ]),
      ...advance(table, i32.mul(i32.add(taps, i32.constant(1)), WORD)),
      ...advance(to, rowBytes),
    ]);
  },
);
