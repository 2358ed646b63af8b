import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { mix } from './lines.js';
import { mixBytes } from './mix-bytes.js';
import {
  fractionBits,
  pillowInterpolations,
  pillowLines,
  type PillowInterpolation,
} from './pillow-lines.js';

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());

const bytes = (length: number) =>
  // Extremes, where filters overshoot, and what is between them.
  Uint8Array.from({ length }, (_, i) => [0, 255, (i * 167) % 256][((i * 31) >> 3) % 3] as number);

const slowly = (
  source: Uint8Array,
  axis: Parameters<typeof mixBytes>[1],
  to: number,
  name: PillowInterpolation,
) => {
  const lines = pillowLines(name, { start: 0, end: axis.from, length: axis.from }, to);
  const length = (source.length / axis.from) * to;
  const round = (sum: number) => Math.floor(sum / 2 ** fractionBits + 0.5);
  const expected = mix(source, axis, lines, new Uint8ClampedArray(length), round);
  return { lines, expected: new Uint8Array(expected.buffer) };
};

const cases: [outer: number, from: number, inner: number, to: number][] = [
  [3, 20, 3, 7],
  [3, 7, 4, 20],
  [2, 9, 1, 5],
  [1, 1, 3, 4],
  [1, 40, 672, 15],
  [1, 5, 17, 8],
  [4, 9, 5, 3],
  // More than one band of rows.
  [900, 111, 3, 50],
];

class Empty {
  readonly exports = {};
}

class Full {
  readonly buffer = new ArrayBuffer(0);
  grow(): never {
    throw new RangeError('no memory');
  }
}

it.each(cases)('mixes [%i, %i, %i] to %i as JavaScript does', (outer, from, inner, to) => {
  const source = bytes(outer * from * inner);
  for (const name of pillowInterpolations) {
    const { lines, expected } = slowly(source, { from, inner }, to, name);
    const found = mixBytes(source, { from, inner }, lines);
    expect(Buffer.compare(found, expected), name).toBe(0);
  }
});

it.each([
  ['there is no WebAssembly', undefined],
  ['its memory cannot grow', { Memory: Full, Module: Empty, Instance: Empty }],
])('where %s, JavaScript does it', async (_, replacement) => {
  vi.stubGlobal('WebAssembly', replacement);
  const { mixBytes: mixed } = await import('./mix-bytes.js');
  const source = bytes(60 * 8);
  const { lines, expected } = slowly(source, { from: 20, inner: 3 }, 7, 'lanczos');
  expect(mixed(source, { from: 20, inner: 3 }, lines)).toEqual(expected);
});

it('does not keep a large memory', () => {
  const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow');
  const lines = pillowLines('nearest', { start: 0, end: 8, length: 8 }, 1);
  const found = mixBytes(new Uint8Array(2 ** 26).fill(7), { from: 8, inner: 2 ** 23 }, lines);
  expect([found.length, found[0], found.at(-1)]).toEqual([2 ** 23, 7, 7]);
  expect(grow).not.toHaveBeenCalled();
  grow.mockRestore();
});
