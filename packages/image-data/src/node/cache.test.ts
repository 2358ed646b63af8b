import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contents, syntheticSet, temporaryFolder } from '../testing/synthetic-set.js';
import { cache, keep } from './cache.js';

const files = Object.values(syntheticSet.files);

it('gives back what was kept, and leaves nothing beside', async () => {
  const folder = join(await temporaryFolder(), 'a', 'b');
  await keep(folder, contents);
  expect((await readdir(folder)).sort()).toEqual([...contents.keys()].sort());
  const read = await cache(folder).read(files, {});
  for (const [name, data] of contents) expect(Uint8Array.from(read!.get(name)!)).toEqual(data);
});

it('has nothing where a file is missing', async () => {
  expect(await cache(join(await temporaryFolder(), 'nothing')).read(files, {})).toBeUndefined();
});

it('does not read a file of another length', async () => {
  const folder = await temporaryFolder();
  await keep(folder, contents);
  await truncate(join(folder, 'test-labels'), 2 ** 40);
  await expect(cache(folder).read(files, {})).rejects.toThrow(
    'test-labels has 1099511627776 bytes instead of 10',
  );
});

it('stands two writers at once', async () => {
  const folder = await temporaryFolder();
  await Promise.all([keep(folder, contents), keep(folder, contents), keep(folder, contents)]);
  for (const [name, data] of contents) {
    expect(Uint8Array.from(await readFile(join(folder, name)))).toEqual(data);
  }
  expect(await readdir(folder)).toHaveLength(contents.size);
});

it('leaves no half-written file behind', async () => {
  const folder = await temporaryFolder();
  // A folder in the place of a file: the rename fails.
  await mkdir(join(folder, 'train-images', 'x'), { recursive: true });
  await expect(keep(folder, contents)).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['train-images']);
});

it('reports a folder that cannot be', async () => {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  await expect(keep(join(file, 'tiny'), contents)).rejects.toThrow('ENOTDIR');
});
