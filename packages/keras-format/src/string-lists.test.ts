// Lists of names survive an HDF5 attribute, however long they are and in whatever script.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readHdf5, writeHdf5 } from './hdf5.js';
import { readStringList, writeStringList } from './string-lists.js';

async function throughFile(list: string[]): Promise<{ list: unknown; attributes: string[] }> {
  const bytes = await writeHdf5((root) => writeStringList(root, 'names', list));
  return readHdf5(bytes, 'x.h5', (root) => ({
    list: readStringList(root, 'names'),
    attributes: Object.keys(root.attrs),
  }));
}

it('gives back any list of names', async () => {
  // HDF5 ends a string at a null character, and UTF-8 has no lone surrogates.
  const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0'));
  await fc.assert(
    fc.asyncProperty(fc.array(name), async (list) => {
      expect((await throughFile(list)).list).toEqual(list);
    }),
    { numRuns: 50 },
  );
});

it('splits a list that one attribute cannot hold, as Keras does', async () => {
  const long = Array.from({ length: 9000 }, (_, i) => `model/layer_${i}/kernel`);
  const { list, attributes } = await throughFile(long);
  expect(list).toEqual(long);
  expect(attributes).toEqual(['names0', 'names1', 'names2']);
});

it('tells no list from an empty one', async () => {
  const bytes = await writeHdf5(() => undefined);
  expect(await readHdf5(bytes, 'x.h5', (root) => readStringList(root, 'names'))).toBeUndefined();
  expect((await throughFile([])).list).toEqual([]);
});

it('reads UTF-8 that is marked as ASCII, as Keras writes it', async () => {
  const bytes = await writeHdf5((root) => root.create_attribute('names', ['dé漢'], [1], 'A'));
  expect(await readHdf5(bytes, 'x.h5', (root) => readStringList(root, 'names'))).toEqual(['dé漢']);
});
