// The WebAssembly instructions for bytes and 32-bit integers in vectors.

import { code, vector, type Code, type Operand } from '../augmentation/kernels/wasm-code.js';

/** The integer at an address. */
export const loadInteger = (address: Operand): Code => [...code(address), 0x28, 2, 0];

export const integers = {
  splat: vector(0x11),
  /** All four lanes as the integer at an address. */
  loadSplat: (address: Operand): Code => [...code(address), 0xfd, 0x09, 2, 0],
  shiftRight: vector(0xac),
  add: vector(0xae),
  multiply: vector(0xb5),
} as const;

/** Of sixteen bytes eight, and of eight 16-bit integers four, as integers of twice the width. */
export const widen = {
  lowBytes: vector(0x89),
  highBytes: vector(0x8a),
  lowHalves: vector(0xa9),
  highHalves: vector(0xaa),
} as const;

/** The other way, of two vectors: what is too small or too large becomes the least or the greatest. */
export const narrow = { toHalves: vector(0x85), toBytes: vector(0x66) } as const;

/** Four bytes from an address on, and zeros. */
export const loadFourBytes = (address: Operand): Code => [...code(address), 0xfd, 0x5c, 0, 0];

/** The first four bytes. */
export const storeFourBytes = (address: Operand, value: Operand): Code => [
  ...[...code(address), ...code(value), 0xfd, 0x5a, 0, 0, 0],
];
