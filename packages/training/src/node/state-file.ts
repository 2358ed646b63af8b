// A state in a file: a safetensors file, whose metadata hold what is not a tensor, and a digest of all.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import { GraftError, type State } from '@graftjs/core';
import { writeWhole } from '@graftjs/core/node';

interface Entry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

interface Header {
  readonly __metadata__: { readonly state: string; readonly digest: string };
  readonly [tensor: string]: Entry | Header['__metadata__'];
}

const dtypes: Readonly<Record<string, string>> = { float32: 'F32', int32: 'I32', bool: 'BOOL' };
/** Bytes that hold the length of the header. */
const LENGTH = 8;

/**
 * Writes a state, whole or not at all; its tensors stay the caller's.
 *
 * @throws GraftError where the file cannot be written, or a tensor is none of float32, int32 or bool
 */
export async function writeState(path: string, state: State): Promise<void> {
  const tensors: tf.Tensor[] = [];
  const text = JSON.stringify(state, (_, value: unknown) => {
    if (value instanceof tf.Tensor) return { $tensor: tensors.push(value as tf.Tensor) - 1 };
    const isNumber = typeof value === 'number' && !Number.isFinite(value);
    return isNumber ? { $number: String(value) } : value;
  });
  const entries: Record<string, Entry> = {};
  const parts: Uint8Array[] = [];
  let end = 0;
  for (const [i, tensor] of tensors.entries()) {
    const dtype = dtypes[tensor.dtype];
    if (!dtype) throw new GraftError(`a state cannot hold a tensor of dtype ${tensor.dtype}`);
    const values = await tensor.data();
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    entries[i] = { dtype, shape: tensor.shape, data_offsets: [end, (end += bytes.length)] };
    parts.push(bytes);
  }
  const data = Buffer.concat(parts);
  const digest = digestOf(text, entries, data);
  const header = Buffer.from(JSON.stringify({ __metadata__: { state: text, digest }, ...entries }));
  const length = Buffer.alloc(LENGTH);
  length.writeBigUInt64LE(BigInt(header.length));
  await writeWhole(path, Buffer.concat([length, header, data]));
}

/**
 * The state in a file, its tensors the caller's; undefined where there is no file.
 *
 * @throws GraftError for a file that holds no whole state
 */
export async function readState(path: string): Promise<State | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new GraftError(`${path} cannot be read: ${message}`, { cause: error });
  }
  const found = partsOf(bytes);
  if (!found) {
    const rule = 'the state of a run that was written by @graftjs/training, whole';
    throw new GraftError(`${path} must be ${rule}; remove it to start afresh`);
  }
  const { text, entries, data } = found;
  return JSON.parse(text, (_, value: unknown) => {
    const { $tensor, $number } = (value ?? {}) as { $tensor?: number; $number?: string };
    if ($number !== undefined) return Number($number);
    return $tensor === undefined ? value : tensorOf(entries[$tensor] as Entry, data);
  }) as State;
}

/** Undefined where anything is not as it was written. */
function partsOf(
  bytes: Buffer,
): { text: string; entries: Record<string, Entry>; data: Buffer } | undefined {
  if (bytes.length < LENGTH) return undefined;
  const start = LENGTH + Number(bytes.readBigUInt64LE());
  if (start > bytes.length) return undefined;
  try {
    const header = JSON.parse(bytes.toString('utf8', LENGTH, start)) as Partial<Header>;
    const { __metadata__: metadata, ...entries } = header as Header;
    const data = bytes.subarray(start);
    const tensors = entries as Record<string, Entry>;
    const isWhole = metadata.digest === digestOf(metadata.state, tensors, data);
    return isWhole ? { text: metadata.state, entries: tensors, data } : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(state: string, entries: Record<string, Entry>, data: Uint8Array): string {
  return createHash('sha256')
    .update(JSON.stringify([state, entries]))
    .update(data)
    .digest('hex');
}

function tensorOf({ dtype, shape, data_offsets: [from, to] }: Entry, data: Buffer): tf.Tensor {
  // A copy: a view has to begin at a multiple of its numbers' size.
  const { buffer } = Uint8Array.from(data.subarray(from, to));
  if (dtype === 'F32') return tf.tensor(new Float32Array(buffer), shape, 'float32');
  if (dtype === 'I32') return tf.tensor(new Int32Array(buffer), shape, 'int32');
  return tf.tensor(new Uint8Array(buffer), shape, 'bool');
}
