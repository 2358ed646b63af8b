import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isGraftError } from '../errors.js';
import { checkFolder, writeWhole } from './write-whole.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-write-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('replaces a file, and leaves nothing else behind', async () => {
  await writeWhole(join(folder, 'a.txt'), 'one');
  await writeWhole(join(folder, 'a.txt'), 'two');
  expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('two');
  expect(await readdir(folder)).toEqual(['a.txt']);
});

it('leaves no temporary file where the target cannot be replaced', async () => {
  const path = join(folder, 'taken');
  await mkdir(join(path, 'inside'), { recursive: true });
  const error: unknown = await writeWhole(path, 'text').catch((reason: unknown) => reason);
  expect(isGraftError(error) && error.message).toContain(`${path} cannot be written: `);
  expect(await readdir(folder)).toEqual(['taken']);
});

it('finds out that a folder is missing before anything is written', async () => {
  await checkFolder(join(folder, 'a.txt'));
  await writeWhole(join(folder, 'a.txt'), 'text');
  for (const path of [join(folder, 'no', 'b.txt'), join(folder, 'a.txt', 'b.txt')]) {
    await expect(checkFolder(path)).rejects.toThrow('path must be in a folder that exists');
  }
});
