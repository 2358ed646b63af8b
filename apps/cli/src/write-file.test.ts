import { mkdir, mkdtemp, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeWhole } from './write-file.js';

it('replaces a file, and leaves nothing else behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'graft-write-'));
  await writeWhole(join(folder, 'a.txt'), 'one');
  await writeWhole(join(folder, 'a.txt'), 'two');
  expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('two');
  expect(await readdir(folder)).toEqual(['a.txt']);
});

it('leaves no temporary file where the target cannot be replaced', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'graft-write-'));
  await mkdir(join(folder, 'taken', 'inside'), { recursive: true });
  await expect(writeWhole(join(folder, 'taken'), 'text')).rejects.toThrow(/taken/);
  expect(await readdir(folder)).toEqual(['taken']);
});
