// A tensor as a file of another framework stores it: plain data, and how its bytes become a typed array.

const kinds = {
  float32: { size: 4, decode: (bytes: Uint8Array) => new Float32Array(copy(bytes)) },
  float16: { size: 2, decode: float16 },
  bfloat16: { size: 2, decode: bfloat16 },
  float64: { size: 8, decode: (bytes: Uint8Array) => new Float64Array(copy(bytes)) },
  int8: { size: 1, decode: (bytes: Uint8Array) => new Int8Array(copy(bytes)) },
  int16: { size: 2, decode: (bytes: Uint8Array) => new Int16Array(copy(bytes)) },
  int32: { size: 4, decode: (bytes: Uint8Array) => new Int32Array(copy(bytes)) },
  int64: { size: 8, decode: (bytes: Uint8Array) => new BigInt64Array(copy(bytes)) },
  uint8: { size: 1, decode: (bytes: Uint8Array) => new Uint8Array(copy(bytes)) },
  bool: { size: 1, decode: (bytes: Uint8Array) => new Uint8Array(copy(bytes)) },
};

/** The type of a tensor's numbers in its file. */
export type StoredDtype = keyof typeof kinds;

/** A tensor from a file; `data` is in row-major order and shares no memory with the file. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly dtype: StoredDtype;
  /** `float16` and `bfloat16` as Float32Array, `int64` as BigInt64Array, `bool` as 0 and 1 in a Uint8Array. */
  readonly data: StoredNumbers;
}

export type StoredNumbers =
  Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | BigInt64Array | Uint8Array;

/** Bytes of one number. */
export function sizeOf(dtype: StoredDtype): number {
  return kinds[dtype].size;
}

/** Little-endian bytes as numbers; whatever their alignment, they are copied. */
export function decode(dtype: StoredDtype, bytes: Uint8Array): StoredNumbers {
  return kinds[dtype].decode(bytes);
}

/** Not by `slice`, which copies nothing of Node's Buffer. */
function copy(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** The upper half of a float32. */
function bfloat16(bytes: Uint8Array): Float32Array {
  const halves = new Uint16Array(copy(bytes));
  return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
}

/** 1 sign, 5 exponent and 10 fraction bits; all of these values are exact in float32. */
function float16(bytes: Uint8Array): Float32Array {
  return Float32Array.from(new Uint16Array(copy(bytes)), (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
    return exponent === 0
      ? sign * fraction * 2 ** -24
      : sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
}
