// Files are read piece by piece, and one that cannot be is named.

import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ByteSource, bytesOf, partOf, piecesOf, sourceOf } from './byte-source.js';
import { openFile } from './open-file.js';
import { readH5 } from './read-h5.js';
import { writeH5 } from './write-h5.js';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-source-'));
  path = join(folder, 'x.h5');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = Uint8Array.from({ length: (1 << 20) + 5 }, (_, i) => i % 251);

it('gives all bytes in pieces, and parts of them, from memory and from a file', async () => {
  await writeFile(path, bytes);
  await openFile(path, async (file) => {
    for (const source of [file, sourceOf(bytes)]) {
      const pieces = [...piecesOf(source)].map(({ start, piece }) => [start, piece.length]);
      expect(pieces).toEqual([
        [0, 1 << 20],
        [1 << 20, 5],
      ]);
      expect(bytesOf(partOf(source, 250, 9), 2, 3)).toEqual(Uint8Array.of(1, 2, 3));
    }
    expect(Buffer.compare(bytesOf(file), bytes)).toBe(0);
  });
});

it('names a file that becomes shorter while it is read', async () => {
  await writeFile(path, bytes);
  const reading = openFile(path, async (file) => {
    await truncate(path, 10);
    return bytesOf(file);
  });
  await expect(reading).rejects.toThrow(`${path} cannot be read: it became shorter meanwhile`);
});

it('gives HDF5 what the source throws as the reason', async () => {
  const values = new Float32Array(20_000);
  const weights = new Map([['a', [{ name: 'k', shape: [20_000], data: values }]]]);
  const whole = sourceOf(await writeH5({ topology: {}, weights }));
  const broken: ByteSource = {
    size: whole.size,
    read(position, into) {
      // HDF5 reads an array of this size by itself; checks read by the megabyte.
      if (into.length === values.byteLength) throw new Error('the disk is gone');
      whole.read(position, into);
    },
  };
  await expect(readH5(broken, 'x.h5')).rejects.toThrow('the disk is gone');
  await expect(readH5(whole, 'x.h5')).resolves.toMatchObject({ topology: {} });
});
