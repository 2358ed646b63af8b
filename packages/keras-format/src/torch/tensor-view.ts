// A tensor of a checkpoint before its numbers are read: a view of a storage, which several tensors may share.

import {
  decode,
  sizeOf,
  type StoredDtype,
  type StoredTensor,
} from '../safetensors/stored-tensor.js';
import { damaged } from './damaged.js';

const MAX_RANK = 64;
/** What the tensors of a small file may take; those of a large one may take four times its size. */
const SMALL = 64 * 2 ** 20;

/** A run of numbers in the file. */
export interface Storage {
  readonly key: string;
  readonly dtype: StoredDtype;
  readonly count: number;
}

/** Number i of axis k stands `strides[k]` numbers behind number i − 1; a stride of 0 repeats. */
export class TensorView {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

/**
 * Bytes that may still be given out: views may repeat and share numbers, so that a small file could stand for more than
 * fits into memory.
 */
export class Allowance {
  private left: number;

  constructor(fileSize: number) {
    this.left = Math.max(SMALL, 4 * fileSize);
  }

  take(bytes: number): void {
    this.left -= bytes;
    if (this.left < 0) throw damaged('its tensors take too much memory for its size');
  }
}

/** A view from what the pickle says of it. */
export function makeView(storage: unknown, offset: unknown, shape: unknown, strides: unknown) {
  const valid =
    isStorage(storage) &&
    isCount(offset) &&
    isCounts(shape) &&
    isCounts(strides) &&
    shape.length === strides.length &&
    shape.length <= MAX_RANK &&
    // Not a number where an endless product meets a 0.
    isCount(countOf(shape));
  if (!valid) throw damaged('a tensor has no proper storage, offset, shape and strides');
  return new TensorView(storage, offset, [...shape], [...strides]);
}

/** The tensor of a view, its numbers from the bytes of its storage. */
export function readView(
  { storage, offset, shape, strides }: TensorView,
  bytes: Uint8Array,
  allowance: Allowance,
): StoredTensor {
  const { dtype } = storage;
  const size = sizeOf(dtype);
  const count = countOf(shape);
  const last = shape.reduce((sum, n, axis) => sum + (n - 1) * (strides[axis] as number), offset);
  if (count > 0 && last >= storage.count) {
    throw damaged(`a tensor of shape [${shape.join(', ')}] reaches beyond its storage`);
  }
  // Halves become float32.
  allowance.take(count * Math.max(size, 4));
  const numbers =
    count === 0 || isContiguous(shape, strides)
      ? bytes.subarray(offset * size, (offset + count) * size)
      : gather(bytes, size, { offset, shape, strides });
  return { shape, dtype, data: decode(dtype, count === 0 ? new Uint8Array(0) : numbers) };
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const n = shape[axis] as number;
    if (n !== 1 && strides[axis] !== expected) return false;
    expected *= n;
  }
  return true;
}

/** The bytes of a view's numbers in row-major order. */
function gather(
  bytes: Uint8Array,
  size: number,
  { offset, shape, strides }: Pick<TensorView, 'offset' | 'shape' | 'strides'>,
): Uint8Array {
  const count = countOf(shape);
  const gathered = new Uint8Array(count * size);
  const index = shape.map(() => 0);
  let from = offset;
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < size; k++) gathered[i * size + k] = bytes[from * size + k] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] as number) + 1;
      from += strides[axis] as number;
      index[axis] = next;
      if (next < (shape[axis] as number)) break;
      from -= next * (strides[axis] as number);
      index[axis] = 0;
    }
  }
  return gathered;
}

function isStorage(value: unknown): value is Storage {
  return typeof value === 'object' && value !== null && 'key' in value && 'count' in value;
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isCount);
}
