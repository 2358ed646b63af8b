// safetensors files in: a JSON header that says what lies where, then the numbers.

import { GraftError } from '@graftjs/core';
import { decode, sizeOf, type StoredDtype, type StoredTensor } from './stored-tensor.js';

/** Headers of real files take some 100 bytes a tensor; JSON of more than this would take too much memory. */
const MAX_HEADER = 16 * 2 ** 20;
/** The header's object, a tensor's object, its shape. */
const MAX_DEPTH = 3;
const MAX_RANK = 64;

const dtypes: Readonly<Record<string, StoredDtype>> = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  F64: 'float64',
  I8: 'int8',
  I16: 'int16',
  I32: 'int32',
  I64: 'int64',
  U8: 'uint8',
  BOOL: 'bool',
};

/**
 * The tensors of a safetensors file, by name, in the order of their numbers.
 *
 * As the format demands, tensors fill the file: no gap, no overlap, nothing behind them. The header may have up to 16 MiB.
 *
 * @throws GraftError for a file that is truncated or damaged, or has a type that this package does not know
 * @example
 * const tensors = readSafetensors(new Uint8Array(await file.arrayBuffer()));
 * tensors.get('conv1.weight'); // { shape: [64, 3, 7, 7], dtype: 'float32', data: Float32Array }
 */
export function readSafetensors(bytes: Uint8Array): ReadonlyMap<string, StoredTensor> {
  const { header, body } = split(bytes);
  const entries = Object.entries(parseHeader(header))
    .filter(([name]) => name !== '__metadata__')
    .map(([name, info]) => readEntry(name, info))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let filled = 0;
  for (const { name, start, end } of entries) {
    if (start !== filled) {
      const what = start < filled ? 'overlaps the tensor before it' : 'leaves a gap before it';
      throw damaged(`the tensor "${name}" ${what}`);
    }
    if (end > body.length) {
      throw damaged(`the tensor "${name}" ends at ${end}, the data at ${body.length}`);
    }
    filled = end;
  }
  if (filled !== body.length) {
    throw damaged(`${body.length - filled} bytes lie behind the last tensor`);
  }
  return new Map(
    entries.map(({ name, shape, dtype, start, end }) => [
      name,
      { shape, dtype, data: decode(dtype, body.subarray(start, end)) },
    ]),
  );
}

function split(bytes: Uint8Array): { header: Uint8Array; body: Uint8Array } {
  if (bytes.length < 8) throw damaged(`it has ${bytes.length} bytes, fewer than 8`);
  const size = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (size > BigInt(MAX_HEADER)) {
    throw damaged(`its header would have ${size} bytes, more than ${MAX_HEADER}`);
  }
  const end = 8 + Number(size);
  if (end > bytes.length) {
    throw damaged(`its header would have ${size} bytes, more than the file`);
  }
  return { header: bytes.subarray(8, end), body: bytes.subarray(end) };
}

function parseHeader(header: Uint8Array): object {
  if (depthOf(header) > MAX_DEPTH) throw damaged('its header is nested too deeply');
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
  } catch {
    throw damaged('its header is not JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw damaged('its header is not an object');
  }
  return parsed;
}

/** How deeply brackets stand within brackets: found before parsing, since a parser makes an object of each. */
function depthOf(json: Uint8Array): number {
  const [quote, backslash] = [0x22, 0x5c];
  let [depth, deepest, inString] = [0, 0, false];
  for (let i = 0; i < json.length; i++) {
    const byte = json[i] as number;
    if (inString) {
      if (byte === backslash) i++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return deepest;
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: StoredDtype;
  readonly start: number;
  readonly end: number;
}

function readEntry(name: string, info: unknown): Entry {
  const { dtype, shape, data_offsets: offsets } = (info ?? {}) as Record<string, unknown>;
  const known = typeof dtype === 'string' && Object.hasOwn(dtypes, dtype) ? dtypes[dtype] : null;
  if (!known) {
    const list = Object.keys(dtypes).join(', ');
    throw damaged(`the dtype of "${name}" must be one of ${list}. Received: ${show(dtype)}`);
  }
  if (!isCounts(shape) || shape.length > MAX_RANK) {
    throw damaged(`the shape of "${name}" is no list of sizes. Received: ${show(shape)}`);
  }
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw damaged(`data_offsets of "${name}" are no start and end. Received: ${show(offsets)}`);
  }
  const [start, end] = offsets as [number, number];
  const size = shape.reduce((product, count) => product * count, sizeOf(known));
  if (end - start !== size) {
    throw damaged(
      `"${name}" has ${end - start} bytes; ${dtype as string} [${shape.join(', ')}] has ${size}`,
    );
  }
  return { name, shape, dtype: known, start, end };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 100);
}

function damaged(reason: string): GraftError {
  return new GraftError(`the safetensors file cannot be read: ${reason.slice(0, 500)}`);
}
