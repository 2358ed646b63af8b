// The primitive operations of update rules: one row each, one column for every backend's language.

/** How an operation is written. Arguments are what the language calls its operands. */
export interface Operation {
  /** On the host, in float64. */
  readonly evaluate: (...args: readonly number[]) => number;
  /** In JavaScript, GLSL and WGSL alike. */
  readonly source: (...args: readonly string[]) => string;
  /** For the first `count` elements, one after another; a lone operand comes twice. */
  readonly chunk: (out: Float32Array, a: Float32Array, b: Float32Array, count: number) => void;
  /** Opcodes of WebAssembly: of f32x4 (after the prefix 0xfd), and of f32. */
  readonly wasm: { readonly vector: number; readonly scalar: number };
}

export const operations = {
  add: {
    evaluate: (a = NaN, b = NaN) => a + b,
    source: (a, b) => `${a} + ${b}`,
    chunk(out, a, b, count) {
      for (let i = 0; i < count; i++) out[i] = (a[i] as number) + (b[i] as number);
    },
    wasm: { vector: 0xe4, scalar: 0x92 },
  },
  sub: {
    evaluate: (a = NaN, b = NaN) => a - b,
    source: (a, b) => `${a} - ${b}`,
    chunk(out, a, b, count) {
      for (let i = 0; i < count; i++) out[i] = (a[i] as number) - (b[i] as number);
    },
    wasm: { vector: 0xe5, scalar: 0x93 },
  },
  mul: {
    evaluate: (a = NaN, b = NaN) => a * b,
    source: (a, b) => `${a} * ${b}`,
    chunk(out, a, b, count) {
      for (let i = 0; i < count; i++) out[i] = (a[i] as number) * (b[i] as number);
    },
    wasm: { vector: 0xe6, scalar: 0x94 },
  },
  div: {
    evaluate: (a = NaN, b = NaN) => a / b,
    source: (a, b) => `${a} / ${b}`,
    chunk(out, a, b, count) {
      for (let i = 0; i < count; i++) out[i] = (a[i] as number) / (b[i] as number);
    },
    wasm: { vector: 0xe7, scalar: 0x95 },
  },
  sqrt: {
    evaluate: (a = NaN) => Math.sqrt(a),
    source: (a) => `sqrt(${a})`,
    chunk(out, a, _b, count) {
      for (let i = 0; i < count; i++) out[i] = Math.sqrt(a[i] as number);
    },
    wasm: { vector: 0xe3, scalar: 0x91 },
  },
  abs: {
    evaluate: (a = NaN) => Math.abs(a),
    source: (a) => `abs(${a})`,
    chunk(out, a, _b, count) {
      for (let i = 0; i < count; i++) out[i] = Math.abs(a[i] as number);
    },
    wasm: { vector: 0xe0, scalar: 0x8b },
  },
  max: {
    evaluate: (a = NaN, b = NaN) => Math.max(a, b),
    source: (a, b) => `max(${a}, ${b})`,
    chunk(out, a, b, count) {
      for (let i = 0; i < count; i++) out[i] = Math.max(a[i] as number, b[i] as number);
    },
    wasm: { vector: 0xe9, scalar: 0x97 },
  },
  min: {
    evaluate: (a = NaN, b = NaN) => Math.min(a, b),
    source: (a, b) => `min(${a}, ${b})`,
    chunk(out, a, b, count) {
      for (let i = 0; i < count; i++) out[i] = Math.min(a[i] as number, b[i] as number);
    },
    wasm: { vector: 0xe8, scalar: 0x96 },
  },
} satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof operations;
