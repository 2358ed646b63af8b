// Hostile and damaged files: each gives tensors or one clear line, within bounded time and memory.

import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isGraftError } from '@graftjs/core';
import { seededRandom } from '@graftjs/test-utils';
import { readSafetensors } from '../safetensors/read-safetensors.js';
import type { StoredTensor } from '../safetensors/stored-tensor.js';
import { readTorchCheckpoint } from './read-torch-checkpoint.js';

const folder = new URL('../../../../reference/torch/fixtures/', import.meta.url);
const files = ['zip.pt', 'legacy.pt', 'plain.safetensors'].map((name) => ({
  name,
  bytes: new Uint8Array(readFileSync(new URL(name, folder))),
  read: name.endsWith('.pt') ? readTorchCheckpoint : readSafetensors,
}));
type Read = (bytes: Uint8Array) => ReadonlyMap<string, StoredTensor>;

/** For the worst of them, on a machine that is busy. */
const LONGEST_MS = 5000;
const LARGEST = 64 * 2 ** 20;

/** Reads, and gives the error's message if there is one; whatever else happens fails the test. */
function attempt(read: Read, bytes: Uint8Array, what: string): string | undefined {
  const start = performance.now();
  try {
    const tensors = read(bytes);
    const size = [...tensors.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
    expect(size, what).toBeLessThanOrEqual(LARGEST);
    return undefined;
  } catch (error) {
    if (!isGraftError(error)) throw new Error(`${what}: ${String(error)}`, { cause: error });
    expect(error.message, what).toMatch(
      /^the (safetensors file|torch checkpoint) cannot be read: /,
    );
    expect(error.message, what).not.toContain('\n');
    expect(error.message.length, what).toBeLessThan(700);
    return error.message;
  } finally {
    expect(performance.now() - start, what).toBeLessThan(LONGEST_MS);
  }
}

describe.each(files)('$name', ({ name, bytes, read }) => {
  it('truncated at every power of two, and just before its end', () => {
    const powers = Array.from({ length: Math.ceil(Math.log2(bytes.length)) }, (_, k) => 2 ** k);
    for (const length of [0, ...powers, bytes.length - 1]) {
      const message = attempt(read, bytes.subarray(0, length), `${name} up to ${length}`);
      expect(message, `${name} up to ${length}`).toBeDefined();
    }
  });

  it('with flipped bytes, 300 times', () => {
    const random = seededRandom(bytes.length);
    let refused = 0;
    for (let i = 0; i < 300; i++) {
      const damaged = bytes.slice();
      const flips = Array.from({ length: 1 + Math.floor(8 * random()) }, () => {
        const at = Math.floor(random() * bytes.length);
        damaged[at] = Math.floor(random() * 256);
        return at;
      });
      if (attempt(read, damaged, `${name} with other bytes at ${flips}`) !== undefined) refused++;
    }
    expect(refused).toBeGreaterThan(30);
  });

  it('with four bytes that promise much, wherever they stand', () => {
    const damaged = bytes.slice();
    for (let at = 0; at + 4 <= bytes.length; at += 23) {
      damaged.set([0xff, 0xff, 0xff, 0x7f], at);
      attempt(read, damaged, `${name} with a large number at ${at}`);
      damaged.set(bytes.subarray(at, at + 4), at);
    }
  });
});

const text = (content: string): Uint8Array =>
  Uint8Array.from(content, (character) => character.charCodeAt(0));
const integer = (value: number): string => {
  const bytes = new Uint8Array(new BigInt64Array([BigInt(value)]).buffer);
  return `\x8a\x08${String.fromCharCode(...bytes)}`;
};
const word = (content: string): string => `X${String.fromCharCode(content.length)}\0\0\0${content}`;
const tuple = (...items: string[]): string => `(${items.join('')}t`;
const storage = (count: number): string =>
  `${tuple(word('storage'), 'ctorch\nFloatStorage\n', word('0'), word('cpu'), integer(count))}Q`;
const tensor = (shape: number[], strides: number[], { count = 4, offset = 0 } = {}): string =>
  'ctorch._utils\n_rebuild_tensor_v2\n' +
  tuple(
    ...[storage(count), integer(offset), tuple(...shape.map(integer))],
    ...[tuple(...strides.map(integer)), '\x89', '}'],
  ) +
  'R';
const checkpoint = (pickle: string): Uint8Array =>
  zipSync(
    { 'x/data.pkl': text(`\x80\x02${pickle}.`), 'x/data/0': new Uint8Array(16) },
    { level: 0 },
  );
const dictionary = (...items: string[]): string => `}(${items.join('')}u`;

describe('a torch checkpoint', () => {
  it('as these tests make it can be read', () => {
    const tensors = readTorchCheckpoint(checkpoint(dictionary(word('w'), tensor([2, 2], [2, 1]))));
    expect(tensors.get('w')).toEqual({
      ...{ shape: [2, 2], dtype: 'float32', data: new Float32Array(4) },
    });
  });

  it.each<[string, string, string]>([
    ['calls a shell', 'cos\nsystem\nX\x02\0\0\0id\x85R', 'asks for the Python global os.system'],
    ['expands a number to terabytes', tensor([2 ** 40], [0]), 'too much memory'],
    [
      'expands along many axes',
      tensor(Array<number>(8).fill(64), Array<number>(8).fill(0)),
      'memory',
    ],
    ['has an endless shape', tensor([...Array<number>(60).fill(2 ** 50), 0], Array<number>(61).fill(1)), 'no proper'], // prettier-ignore
    [
      'has too many axes',
      tensor(Array<number>(65).fill(1), Array<number>(65).fill(1)),
      'no proper',
    ],
    ['has a negative size', tensor([-1], [1]), 'no proper'],
    ['has a negative stride', tensor([2], [-1], { offset: 2 }), 'no proper'],
    ['has fewer strides than axes', tensor([2, 2], [1]), 'no proper'],
    ['begins beyond its storage', tensor([1], [1], { offset: 4 }), 'reaches beyond its storage'],
    ['ends beyond its storage', tensor([2, 2], [3, 1]), 'reaches beyond its storage'],
    ['promises a larger storage', tensor([8], [1], { count: 8 }), 'a storage has two sizes'],
    ['makes a parameter of a text', `ctorch._utils\n_rebuild_parameter\n${word('a')}\x85R`, 'what is no tensor'], // prettier-ignore
    ['makes an OrderedDict of a list', 'ccollections\nOrderedDict\n]\x85R', 'made of something'],
    ['has a strange persistent id', 'K\x01Q', 'a persistent id is no storage'],
    ['has a global for a storage type', `${tuple(word('storage'), 'ccollections\nOrderedDict\n', word('0'), word('cpu'), integer(4))}Q`, 'is no storage'], // prettier-ignore
    ['has a strange key', `}N${tensor([1], [1])}s`, 'a key that is no text and no number'],
    ['names a tensor twice', dictionary(word('a.b'), tensor([1], [1]), word('a'), dictionary(word('b'), tensor([1], [1]))), 'two tensors have the name "a.b"'], // prettier-ignore
    ['holds one tensor and no dictionary', tensor([1], [1]), 'no state dict'],
    ['holds itself', '}q\x00X\x01\0\0\0ah\x00s', 'nested more than 32 levels deep'],
    ['nests half a million lists', ']'.repeat(5e5) + 'a'.repeat(5e5 - 1), 'nested more than 32'],
    [
      'has a very long name',
      `}X\x00\x04\0\0${'n'.repeat(1024)}${tensor([1], [1])}s`,
      'a name has more',
    ],
    ['doubles a list 30 times through the memo', `]q\x00${Array.from({ length: 30 }, (_, k) => `](h${String.fromCharCode(k)}h${String.fromCharCode(k)}eq${String.fromCharCode(k + 1)}`).join('')}`, 'more than 262144 values'], // prettier-ignore
    ['repeats a large view through the memo', `](${tensor([2 ** 22], [0])}q\x00${'h\x00'.repeat(5)}e`, 'too much memory'], // prettier-ignore
  ])('that %s is refused', (what, pickle, message) => {
    expect(attempt(readTorchCheckpoint, checkpoint(pickle), what)).toContain(message);
  });

  it('of fifty million dictionaries is refused before they are made', () => {
    const bytes = new Uint8Array(5e7).fill('}'.charCodeAt(0));
    bytes.set([0x80, 2]);
    const before = process.memoryUsage().rss;
    expect(attempt(readTorchCheckpoint, bytes, 'dictionaries')).toContain('1048576 opcodes');
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 30);
  });

  it('whose zip directory names the same bytes again and again is refused', () => {
    const archive = zipSync({ 'x/data/0': new Uint8Array(1000) }, { level: 0 });
    const view = new DataView(archive.buffer);
    const end = archive.length - 22;
    const directory = view.getUint32(end + 16, true);
    const entry = archive.subarray(directory, end);
    const copies = 1000;
    const bomb = new Uint8Array(directory + copies * entry.length + 22);
    bomb.set(archive.subarray(0, directory));
    for (let i = 0; i < copies; i++) bomb.set(entry, directory + i * entry.length);
    bomb.set(archive.subarray(end), bomb.length - 22);
    const counts = new DataView(bomb.buffer, bomb.length - 22);
    counts.setUint16(8, copies, true);
    counts.setUint16(10, copies, true);
    expect(attempt(readTorchCheckpoint, bomb, 'overlap')).toContain('promises more than it holds');
  });
});

describe('a safetensors file', () => {
  const withHeader = (header: string, body = 8, size = header.length): Uint8Array => {
    const bytes = new Uint8Array(8 + header.length + body);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(size), true);
    bytes.set(new TextEncoder().encode(header), 8);
    return bytes;
  };
  const f32 = (shape: string, offsets: string): string =>
    `{"dtype":"F32","shape":${shape},"data_offsets":${offsets}}`;

  it('as these tests make it can be read', () => {
    const bytes = withHeader(`{"__metadata__":{"a":"[[[["},"x":${f32('[2]', '[0,8]')}}`);
    expect(readSafetensors(bytes).get('x')?.data).toEqual(new Float32Array(2));
  });

  it.each<[string, Uint8Array, string]>([
    ['has no header', new Uint8Array(7), 'it has 7 bytes'],
    ['has a header of exabytes', new Uint8Array(64).fill(255), 'more than 16777216'],
    ['has a header beyond its end', withHeader('{}', 8, 1000), 'more than the file'],
    ['has no JSON', withHeader('{"x":'), 'not JSON'],
    ['has a list for a header', withHeader('[]'), 'not an object'],
    ['has a header of null', withHeader('null'), 'not an object'],
    ['nests a million lists', withHeader('['.repeat(1e6)), 'nested too deeply'],
    ['has an unknown type', withHeader('{"x":{"dtype":"toString"}}'), 'Received: "toString"'],
    ['has a tensor of null', withHeader('{"x":null}'), 'Received: undefined'],
    ['has a negative size', withHeader(`{"x":${f32('[-2]', '[0,8]')}}`), 'Received: [-2]'],
    ['has half a size', withHeader(`{"x":${f32('[0.5]', '[0,2]')}}`), 'Received: [0.5]'],
    ['has a huge shape', withHeader(`{"x":${f32('[4e9,4e9,4e9]', '[0,8]')}}`), '"x" has 8 bytes'],
    ['has too many axes', withHeader(`{"x":${f32(`[${Array(65).fill(1)}]`, '[0,4]')}}`), 'no list of sizes'], // prettier-ignore
    ['has one offset', withHeader(`{"x":${f32('[2]', '[0]')}}`), 'no start and end'],
    ['runs backwards', withHeader(`{"x":${f32('[2]', '[8,0]')}}`), 'has -8 bytes'],
    [
      'reaches beyond its end',
      withHeader(`{"x":${f32('[4]', '[0,16]')}}`),
      'ends at 16, the data at 8',
    ],
    ['overlaps itself', withHeader(`{"x":${f32('[1]', '[0,4]')},"y":${f32('[2]', '[0,8]')}}`), '"y" overlaps'], // prettier-ignore
    ['has a gap', withHeader(`{"x":${f32('[1]', '[4,8]')}}`), 'leaves a gap'],
    [
      'goes on behind its tensors',
      withHeader(`{"x":${f32('[1]', '[0,4]')}}`),
      '4 bytes lie behind',
    ],
  ])('that %s is refused', (what, bytes, message) => {
    expect(attempt(readSafetensors, bytes, what)).toContain(message);
  });
});
