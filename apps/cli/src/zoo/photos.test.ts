import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { photosOf } from './photos.js';

async function folder(...files: string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'graft-photos-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, 'sub'));
  for (const file of files) await writeFile(join(root, file), '');
  return root;
}

it('takes files as they are, and of folders all images, in order', async () => {
  const root = await folder('b.JPG', 'a10.png', 'a9.webp', 'sub/c.gif', 'notes.txt');
  const note = join(root, 'notes.txt');
  const inside = ['a9.webp', 'a10.png', 'b.JPG', 'sub/c.gif'].map((name) => join(root, name));
  expect(await photosOf([note, root])).toEqual([note, ...inside]);
});

it('leaves out what is hidden, and folders that are named like photos', async () => {
  const root = await folder('a.jpg', '._a.jpg', 'sub/.b.png');
  for (const name of ['.git', 'c.gif']) await mkdir(join(root, name));
  await writeFile(join(root, '.git/d.jpg'), '');
  expect(await photosOf([root])).toEqual([join(root, 'a.jpg')]);
});

it('says which path is wrong', async () => {
  const root = await folder('notes.txt');
  await expect(photosOf([root])).rejects.toThrow(`${root} holds no JPEG, PNG, WebP or GIF image`);
  await expect(photosOf([join(root, 'cat.jpg')])).rejects.toThrow(/ENOENT.*cat\.jpg/);
});
