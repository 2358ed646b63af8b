// Weights alone, without a model: all layouts, by name, and folders that would have no end.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import type { Group } from 'h5wasm';
import { expect, it } from 'vitest';
import { writeHdf5 } from './hdf5.js';
import { readH5Tensors } from './index.js';
import { writeArray } from './write-arrays.js';

const reference = new URL('../../../reference/', import.meta.url);
const bytesOf = (file: string) => new Uint8Array(readFileSync(new URL(file, reference)));

it.each([
  ['keras2/fixtures/nested-weights.h5', 'shared/bn/gamma:0', [6], 8],
  ['fixtures/keras-files/cnn-older-weights.h5', 'stem/kernel', [3, 3, 3, 6], undefined],
  ['fixtures/h5-models/mlp.h5', 'mlp/hidden/kernel', [784, 10], 4],
  [
    'fixtures/keras-files/nested.weights.h5',
    'layers/functional/layers/dense/vars/0',
    [6, 6],
    undefined,
  ],
])('lists the tensors of %s', async (file, name, shape, count) => {
  const tensors = await readH5Tensors(bytesOf(file));
  if (count !== undefined) expect(tensors.size).toBe(count);
  const tensor = tensors.get(name);
  expect(tensor).toMatchObject({ shape, dtype: 'float32' });
  expect(tensor?.data).toHaveLength(shape.reduce((a, b) => a * b));
});

it('lists variables by number, and those of the optimizer last', async () => {
  const tensors = await readH5Tensors(bytesOf('fixtures/optimizer-state/adam.weights.h5'));
  const names = [...tensors.keys()];
  const start = names.indexOf('optimizer/vars/0');
  expect(names.slice(start)).toEqual(names.slice(start).map((_, i) => `optimizer/vars/${i}`));
  expect(names.slice(start).length).toBeGreaterThan(10);
  expect(tensors.get('optimizer/vars/0')?.data[0]).toBe(10);
});

it.each<[string, (root: Group) => void]>([
  [
    'holds itself twice',
    (layers) => {
      layers.create_hard_link('/layers', 'a');
      layers.create_hard_link('/layers', 'b');
    },
  ],
  [
    'is deep',
    (layers) => {
      let at = layers;
      for (let i = 0; i < 100; i++) at = at.create_group('a');
    },
  ],
])('refuses a file whose folder %s', async (_, fill) => {
  const bytes = await writeHdf5((root) => fill(root.create_group('layers')));
  await expect(readH5Tensors(bytes, { name: 'x.h5' })).rejects.toThrow(
    'x.h5 has more folders, or nests them deeper, than any model',
  );
});

it('refuses a file of something else', async () => {
  const bytes = await writeHdf5((root) => {
    writeArray(root, 'numbers', { name: 'numbers', shape: [1], data: Float32Array.of(1) });
  });
  await expect(readH5Tensors(bytes, { name: 'x.h5' })).rejects.toThrow(
    'x.h5 holds no weights of a Keras model',
  );
});
