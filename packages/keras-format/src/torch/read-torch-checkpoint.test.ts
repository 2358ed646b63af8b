// What torch.save and safetensors wrote: every type, views, nested dictionaries; and what torch.save wrote that is refused.

import { readFileSync } from 'node:fs';
import { zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../safetensors/read-safetensors.js';
import type { StoredTensor } from '../safetensors/stored-tensor.js';
import { readTorchCheckpoint } from './read-torch-checkpoint.js';

type Expected = Record<string, { shape: number[]; dtype: string; values: (number | string)[] }>;

const folder = new URL('../../../../reference/torch/fixtures/', import.meta.url);
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const expected = JSON.parse(new TextDecoder().decode(read('expected.json'))) as Record<
  'checkpoint' | 'safetensors',
  Expected
>;

function expectTensors(actual: ReadonlyMap<string, StoredTensor>, wanted: Expected): void {
  expect([...actual.keys()].sort()).toEqual(Object.keys(wanted).sort());
  for (const [name, { shape, dtype, values }] of Object.entries(wanted)) {
    const tensor = actual.get(name);
    expect(tensor, name).toMatchObject({ shape, dtype });
    const numbers = values.map((value) => (dtype === 'int64' ? BigInt(value) : Number(value)));
    expect(Array.from((tensor?.data ?? []) as ArrayLike<number | bigint>), name).toEqual(numbers);
  }
}

it.each(['zip.pt', 'legacy.pt'])('reads %s', (name) => {
  expectTensors(readTorchCheckpoint(read(name)), expected.checkpoint);
});

it('reads plain.safetensors', () => {
  expectTensors(readSafetensors(read('plain.safetensors')), expected.safetensors);
});

it("reads a Buffer of Node's, too", () => {
  const buffer = (name: string) => readFileSync(new URL(name, folder));
  expectTensors(readTorchCheckpoint(buffer('legacy.pt')), expected.checkpoint);
  expectTensors(readSafetensors(buffer('plain.safetensors')), expected.safetensors);
});

it('gives each type its array', () => {
  const tensors = readTorchCheckpoint(read('zip.pt'));
  const arrays = Object.fromEntries(
    [...tensors].map(([, { dtype, data }]) => [dtype, data.constructor.name]),
  );
  expect(arrays).toEqual({
    ...{ float32: 'Float32Array', float16: 'Float32Array', bfloat16: 'Float32Array' },
    ...{ float64: 'Float64Array', int8: 'Int8Array', int16: 'Int16Array', int32: 'Int32Array' },
    ...{ int64: 'BigInt64Array', uint8: 'Uint8Array', bool: 'Uint8Array' },
  });
});

it('reads bytes that begin anywhere, and shares no memory with them', () => {
  for (const name of ['zip.pt', 'legacy.pt', 'plain.safetensors']) {
    const bytes = read(name);
    const within = new Uint8Array(bytes.length + 3).subarray(3);
    within.set(bytes);
    const parse = name.endsWith('.pt') ? readTorchCheckpoint : readSafetensors;
    const tensors = parse(within);
    within.fill(255);
    expect(tensors).toEqual(parse(bytes));
  }
});

const text = (content: string): Uint8Array =>
  Uint8Array.from(content, (character) => character.charCodeAt(0));
const zip = (files: Zippable) => zipSync(files, { level: 0 });

describe('refuses', () => {
  it.each<[string, () => Uint8Array, string]>([
    [
      'a whole module',
      () => read('module.pt'),
      'it asks for the Python global torch.nn.modules.linear.Linear, which a state dict does not need',
    ],
    ['no bytes', () => new Uint8Array(0), 'it is no zip file and no pickle'],
    ['some text', () => text('hello'), 'it is no zip file and no pickle'],
    [
      'a pickle of something else',
      () => text('\x80\x02K\x01.'.repeat(3)),
      'not one that torch.save',
    ],
    ['a zip file of something else', () => zip({ a: text('b') }), 'has no data.pkl'],
    ['a compressed zip', () => zipSync({ 'a/data.pkl': new Uint8Array(99) }), 'is compressed'],
    ['a single number', () => zip({ 'a/data.pkl': text('\x80\x02K\x01.') }), 'no state dict'],
    [
      'numbers of another byte order',
      () => zip({ 'a/data.pkl': text('\x80\x02K\x01.'), 'a/byteorder': text('big') }),
      'its numbers are not little-endian',
    ],
  ])('%s', (_, make, message) => {
    expect(() => readTorchCheckpoint(make())).toThrow(message);
  });
});
