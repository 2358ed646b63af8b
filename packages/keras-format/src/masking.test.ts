// Whether each layer hands masks on, or ends or begins them, as Keras says of it in the models of the layer matrix.

import '@tensorflow/tfjs-backend-cpu';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildModel } from './build-model.js';
import type { NamedArray } from './keras-model.js';

interface Case {
  name: string;
  topology: unknown;
  weights: Record<string, { name: string; shape: number[]; values: number[] }[]>;
}

const fixtures = new URL('../../../reference/fixtures/', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, fixtures), 'utf8')) as unknown;
const masking = read('layer-exports/masking.json') as Record<string, Record<string, boolean>>;
const cases = readdirSync(new URL('layer-matrix/', fixtures)).flatMap(
  (file) => (read(`layer-matrix/${file}`) as { cases: Case[] }).cases,
);

describe('masking', () => {
  it.each(cases)('$name', ({ name, topology, weights }) => {
    const arrays = Object.entries(weights).map(([layer, list]): [string, NamedArray[]] => [
      layer,
      list.map(({ values, ...rest }) => ({ ...rest, data: Float32Array.from(values) })),
    ]);
    const model = buildModel({ topology, weights: new Map(arrays) }, name);
    const expected = masking[name] ?? {};
    const own = Object.keys(expected).map((layer) => [
      layer,
      model.getLayer(layer).supportsMasking === true,
    ]);
    expect(Object.fromEntries(own)).toEqual(expected);
    model.dispose();
  });
});
