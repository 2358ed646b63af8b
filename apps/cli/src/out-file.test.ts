import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkFolderOut, checkOut, makeFolderOf } from './out-file.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-out-'));
  await writeFile(join(folder, 'file'), '');
});
afterAll(() => rm(folder, { recursive: true }));

it('makes no folder before there is something to write', async () => {
  const path = join(folder, 'new/er/model.h5');
  await checkOut(path);
  await checkFolderOut(path);
  await checkOut('model.h5');
  expect(await readdir(folder)).toEqual(['file']);
  await makeFolderOf(path);
  expect(await readdir(join(folder, 'new'))).toEqual(['er']);
});

it('refuses what cannot be written', async () => {
  await expect(checkOut(folder)).rejects.toThrow(`--out must be a file. ${folder} is a folder`);
  const file = join(folder, 'file');
  await expect(checkOut(join(file, 'a.h5'))).rejects.toThrow(`${file} is a file`);
  await expect(checkFolderOut(file)).rejects.toThrow(`${file} is a file`);
});

it.skipIf(process.platform !== 'linux')('refuses a file system that takes no files', async () => {
  // Even root may not write there.
  await expect(checkOut('/sys/model.h5')).rejects.toThrow(
    /^--out cannot be written: .sys takes no files \(E[A-Z]+\)$/,
  );
});
