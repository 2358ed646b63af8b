// WebAssembly computes the same bits as JavaScript.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AffineMap } from '../affine-map.js';
import { folds, type FillMode } from '../fill-mode.js';
import { seededUniform } from '../../random.js';
import { javascriptKernels } from './javascript-kernels.js';
import type { ValueStep } from './value-step.js';
import { SLACK, wasmKernels } from './wasm-kernels.js';
import { workroom } from './workroom.js';

const memory = new WebAssembly.Memory({ initial: 1 });
const wasm = wasmKernels(memory);
const random = seededUniform(7);
const inMemory = (values: ArrayLike<number>, place = 0) => {
  const data = new Float32Array(memory.buffer, SLACK + place * 4096, values.length);
  data.set(values);
  return data;
};
const values = (count: number) => Float32Array.from({ length: count }, () => random() * 600 - 200);

const maps: Readonly<Record<string, AffineMap>> = {
  'a flip': [-1, 0, 6, 0, -1, 4],
  'a turn': [0.8, -0.7, 1.3, 0.6, 0.9, -1.1],
  'whole pixels': [1, 0, -14, 0, 1, 9],
  'far away': [3.5, 40.25, -300, 0.1, 11, 77],
  'too far for numbers': [1e300, 1e308, 1e308, -1e308, 1e308, -1e300],
};

describe.each(Object.keys(folds) as FillMode[])('warp, %s', (fillMode) => {
  it.each(Object.keys(maps))('%s', (name) => {
    for (const interpolationOrder of [0, 1] as const) {
      for (const [height, width, channels] of [
        ...[1, 2, 3, 4, 5].map((channels) => [5, 7, channels] as const),
        ...[[2, 2, 3] as const, [1, 6, 3] as const, [6, 1, 1] as const],
      ]) {
        const count = height * width * channels;
        const [size, plain] = [{ height, width, channels }, values(count)];
        const settings = { fillMode, interpolationOrder, cval: 12.3 };
        const [expected, result] = [new Float32Array(count), inMemory(plain, 1)];
        const map = maps[name] as AffineMap;
        javascriptKernels.warp({ ...size, data: plain }, expected, map, settings);
        wasm.warp({ ...size, data: inMemory(plain) }, result, map, settings);
        expect(result).toEqual(expected);
      }
    }
  });
});

it.each<[string, ValueStep[]]>([
  ['nothing', []],
  ['all', [['add', 0.1], ['multiply', 1 / 3], ['divide', 7], ['truncate'], ['clamp', -2, 3.3]]],
  [
    'what is no number',
    [
      ['divide', 0],
      ['multiply', 0],
      ['clamp', 1, 2],
      ['add', 1e-3],
    ],
  ],
])('change: %s', (_, steps) => {
  for (const count of [0, 1, 3, 4, 5, 107]) {
    const expected = values(count);
    const result = inMemory(expected);
    javascriptKernels.change(expected, steps);
    wasm.change(result, steps);
    expect(result).toEqual(expected);
  }
});

it.each([
  [[]],
  [[5]],
  [[3, -2, 8]],
  [[NaN, NaN, NaN, NaN, NaN]],
  [[4, 9, 1, 3, 2, -7, NaN, 6, 5]],
  [[9, 1, 2, 3, 4, 5, 6, 7, 8, 10]],
])('extremes of %j', (list) => {
  const expected = javascriptKernels.extremes(Float32Array.from(list));
  expect(wasm.extremes(inMemory(list))).toEqual(expected);
});

it('has room for images of any size, one after another', () => {
  for (const length of [10, 100_000, 7, 2 ** 23]) {
    const { from, to, kernels } = workroom(length);
    expect([from.length, to.length]).toEqual([length, length]);
    from.fill(1);
    to.fill(2);
    kernels.change(to, [['add', 3]]);
    expect([from[0], from.at(-1), to[0], to.at(-1)]).toEqual([1, 1, 5, 5]);
  }
});

describe('where WebAssembly is forbidden', () => {
  beforeEach(() => {
    vi.resetModules();
    const Module = () => {
      throw new WebAssembly.CompileError('blocked by CSP');
    };
    vi.stubGlobal('WebAssembly', { ...{ Memory: WebAssembly.Memory }, Module });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('works in JavaScript', async () => {
    const again = await import('./workroom.js');
    const { javascriptKernels: kernels } = await import('./javascript-kernels.js');
    expect(again.workroom(6).kernels).toBe(kernels);
    expect(workroom(6).kernels).not.toBe(javascriptKernels);
  });
});
