// Arrays of an HDF5 file, read only where they are no larger than the file can hold.

import { GraftError } from '@graftjs/core';
import type { Dataset, Entity, Group } from 'h5wasm';
import type { NamedArray } from './keras-model.js';

/**
 * Deflate makes at most 1032 bytes out of one; without compression, a weight takes the bytes it has in the file. A file
 * that promises more than that is made to exhaust memory.
 */
export const largestInflation = 1032;

/** HDF5 runs in a memory of 4 GB, and needs an array twice while it is read. */
const largestArray = 2 ** 31 - 1;

const integers = ['<b', '<B', '<h', '<H', '<i', '<I', '<q', '<Q'];

/** Reads arrays of one file, and keeps account of what they take. */
export class ArrayReader {
  /** A bound on what arrays may still take of the file, and in memory. */
  private stored: number;
  private promised: number;

  /** @param sourceSize bytes of the file from outside, where `fileSize` bytes were unpacked from one */
  constructor(
    readonly fileName: string,
    fileSize: number,
    sourceSize = fileSize,
  ) {
    this.stored = fileSize;
    this.promised = sourceSize * largestInflation;
  }

  /**
   * The array at a path below a group, as float32.
   *
   * @param what the array and whose it is, for errors; the file's name follows
   */
  read(group: Group, path: string, name: string, what: string): NamedArray {
    const where = `${what} in ${this.fileName}`;
    const dataset = group.get(path);
    if (!isDataset(dataset)) throw new GraftError(`${where} is missing`);
    const { shape, dtype } = dataset;
    const isNumeric =
      dtype === '<f' || dtype === '<d' || (typeof dtype === 'string' && integers.includes(dtype));
    if (shape === null || !isNumeric) {
      const type = typeof dtype === 'string' ? dtype : 'a compound';
      throw new GraftError(`${where} must hold float32 or float64. Received: ${type}`);
    }
    const size = shape.reduce((a, b) => a * b, dataset.metadata.size);
    const isPacked = dataset.filters.length > 0;
    this.stored -= isPacked ? size / largestInflation : size;
    this.promised -= size;
    if (size > largestArray || this.stored < 0 || this.promised < 0) {
      throw new GraftError(`${where} would take more bytes than the file has`);
    }
    return { name, shape, data: toFloats(dataset.value, where) };
  }
}

function toFloats(value: unknown, where: string): Float32Array {
  if (value instanceof Float32Array) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return Float32Array.of(Number(value));
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    // Sixty-four bits come as BigInt.
    return Float32Array.from(value as unknown as ArrayLike<number | bigint>, Number);
  }
  throw new GraftError(`${where} cannot be read`);
}

export function isGroup(entity: Entity | null): entity is Group {
  return entity !== null && 'keys' in entity;
}

function isDataset(entity: Entity | null): entity is Dataset {
  return entity !== null && 'filters' in entity;
}
