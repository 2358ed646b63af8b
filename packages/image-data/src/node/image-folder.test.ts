import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImageFolder, splitImages, type LabelledImage } from './image-folder.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function touch(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), '');
  }
}

const listed = (images: readonly LabelledImage[]) =>
  images.map(({ path, label }) => [relative(folder, path), label]);

describe('readImageFolder', () => {
  it('has the classes and photos of a folder, sorted, from any depth', async () => {
    await touch('dog/2.PNG', 'dog/1.jpg', 'cat/older/a b.jpeg', 'cat/z.webp', 'readme.md');
    await touch('cat/notes.txt', 'cat/.hidden.jpg', '.git/x.jpg', '고양이 사진/하나.gif');
    const { classNames, images } = await readImageFolder(folder);
    expect(classNames).toEqual(['cat', 'dog', '고양이 사진']);
    expect(listed(images)).toEqual([
      ['cat/older/a b.jpeg', 0],
      ['cat/z.webp', 0],
      ['dog/1.jpg', 1],
      ['dog/2.PNG', 1],
      ['고양이 사진/하나.gif', 2],
    ]);
  });

  it('keeps a class without photos, and the order that is asked for', async () => {
    await touch('b/1.jpg', 'a/1.jpg');
    await mkdir(join(folder, 'c'));
    expect((await readImageFolder(folder)).classNames).toEqual(['a', 'b', 'c']);
    const { classNames, images } = await readImageFolder(folder, { classNames: ['c', 'b'] });
    expect(classNames).toEqual(['c', 'b']);
    expect(listed(images)).toEqual([['b/1.jpg', 1]]);
  });

  it('refuses what is no such folder', async () => {
    await expect(readImageFolder(join(folder, 'none'))).rejects.toThrow('cannot be read: ENOENT');
    await touch('photo.jpg');
    await expect(readImageFolder(join(folder, 'photo.jpg'))).rejects.toThrow('ENOTDIR');
    await expect(readImageFolder(folder)).rejects.toThrow('must have a folder for each class');
    await touch('cat/1.jpg');
    await expect(readImageFolder(folder, { classNames: ['bird'] })).rejects.toThrow(
      `classNames must be names of folders in ${folder} (cat). Received: "bird"`,
    );
  });
});

describe('readImageFolder and what is no plain file', () => {
  it('takes a link to a folder for a class, and follows none below', async () => {
    await touch('real/1.jpg', 'real/old/2.jpg', 'real/notes.txt');
    await symlink(join(folder, 'real/old'), join(folder, 'real/again'));
    await symlink(join(folder, 'real/1.jpg'), join(folder, 'real/3.jpg'));
    await symlink('real', join(folder, 'linked'));
    await symlink('nowhere', join(folder, 'dangling'));
    const { classNames, images } = await readImageFolder(folder);
    expect(classNames).toEqual(['linked', 'real']);
    const names = ['1.jpg', '3.jpg', 'old/2.jpg'];
    expect(listed(images)).toEqual([
      ...names.map((name) => [`linked/${name}`, 0]),
      ...names.map((name) => [`real/${name}`, 1]),
    ]);
  });

  it.skipIf(process.platform === 'win32')('leaves pipes and sockets alone', async () => {
    await touch('cat/1.jpg');
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(folder, 'cat/2.jpg'), done));
    expect(listed((await readImageFolder(folder)).images)).toEqual([['cat/1.jpg', 0]]);
    await new Promise((done) => server.close(done));
  });
});

describe('splitImages', () => {
  const images = [
    ...Array.from({ length: 10 }, (_, i) => ({ path: `a${i}`, label: 0 })),
    ...Array.from({ length: 30 }, (_, i) => ({ path: `b${i}`, label: 1 })),
  ];
  const count = (part: readonly LabelledImage[], label: number) =>
    part.filter((image) => image.label === label).length;

  it('keeps the shares of the classes, and every photo once', () => {
    const [train, validation] = splitImages(images, 0.2, 1);
    expect([count(validation, 0), count(validation, 1)]).toEqual([2, 6]);
    expect([...train, ...validation].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
      [...images].sort((a, b) => (a.path < b.path ? -1 : 1)),
    );
  });

  it('follows from the seed', () => {
    expect(splitImages(images, 0.2, 1)).toEqual(splitImages(images, 0.2, 1));
    expect(splitImages(images, 0.2, 2)).not.toEqual(splitImages(images, 0.2, 1));
  });

  it('leaves each part a photo of each class that has two', () => {
    const few = images.slice(8, 13);
    expect(splitImages(few, 0.01, 1).map((part) => [count(part, 0), count(part, 1)])).toEqual([
      [1, 2],
      [1, 1],
    ]);
    expect(splitImages(few, 0.99, 1).map((part) => [count(part, 0), count(part, 1)])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    expect(splitImages(images.slice(0, 1), 0.5, 1)[1]).toEqual([]);
  });

  it.each([0, 1, NaN])('refuses the share %d', (share) => {
    expect(() => splitImages(images, share, 1)).toThrow('share must be above 0 and below 1.');
  });

  it('refuses a seed that is no integer', () => {
    expect(() => splitImages(images, 0.2, 0.5)).toThrow('seed must be an integer. Received: 0.5');
  });
});
