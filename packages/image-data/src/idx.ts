// The IDX format of MNIST and its kin: a magic number, the lengths of the axes, the values, all big-endian.

import { invalidArgument } from '@graftjs/core';

/** What an IDX file holds: values row by row, in the typed array of their `dtype`, and their shape. */
export interface Idx {
  readonly dtype: 'uint8' | 'int8' | 'int16' | 'int32' | 'float32' | 'float64';
  readonly shape: readonly number[];
  readonly data: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
}

interface ValueType {
  readonly dtype: Idx['dtype'];
  readonly size: number;
  read(body: DataView, count: number): Idx['data'];
}

/** The types by their code, the third byte of the magic number. 0x0A stands for none. */
const valueTypes: Readonly<Record<number, ValueType>> = {
  0x08: {
    dtype: 'uint8',
    size: 1,
    read: (body) => new Uint8Array(body.buffer, body.byteOffset, body.byteLength),
  },
  0x09: {
    dtype: 'int8',
    size: 1,
    read: (body) => new Int8Array(body.buffer, body.byteOffset, body.byteLength),
  },
  0x0b: {
    dtype: 'int16',
    size: 2,
    read: (body, length) => Int16Array.from({ length }, (_, i) => body.getInt16(2 * i)),
  },
  0x0c: {
    dtype: 'int32',
    size: 4,
    read: (body, length) => Int32Array.from({ length }, (_, i) => body.getInt32(4 * i)),
  },
  0x0d: {
    dtype: 'float32',
    size: 4,
    read: (body, length) => Float32Array.from({ length }, (_, i) => body.getFloat32(4 * i)),
  },
  0x0e: {
    dtype: 'float64',
    size: 8,
    read: (body, length) => Float64Array.from({ length }, (_, i) => body.getFloat64(8 * i)),
  },
};

/**
 * Reads an IDX file, not compressed. Data of one byte a value is a view of `bytes`, not a copy.
 *
 * The lengths in the header are believed only if the file has exactly that many bytes.
 *
 * @throws GraftError when the bytes are no IDX file, or too few or too many
 * @example
 * const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9);
 * parseIdx(bytes); // { dtype: 'uint8', shape: [1, 3], data: Uint8Array [7, 8, 9] }
 */
export function parseIdx(bytes: Uint8Array): Idx {
  const [zero0, zero1, code = 0, axes = 0] = bytes;
  const type = valueTypes[code];
  if (zero0 !== 0 || zero1 !== 0 || type === undefined || axes === 0) {
    const rule =
      zero0 === 0x1f && zero1 === 0x8b
        ? 'an IDX file that is not compressed; this one is gzip'
        : 'an IDX file, whose first bytes are 00 00, a type and the number of axes';
    throw invalidArgument('bytes', rule, hexadecimal(bytes.subarray(0, 4)));
  }
  const start = 4 + 4 * axes;
  if (bytes.length < start) {
    throw invalidArgument('bytes', `at least ${start} bytes for ${axes} axes`, bytes.length);
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, start);
  const shape = Array.from({ length: axes }, (_, axis) => header.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== start + count * type.size) {
    const rule = `${start + count * type.size} bytes for ${type.dtype} [${shape.join(', ')}]`;
    throw invalidArgument('bytes', rule, bytes.length);
  }
  const body = new DataView(bytes.buffer, bytes.byteOffset + start, count * type.size);
  return { dtype: type.dtype, shape, data: type.read(body, count) };
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
