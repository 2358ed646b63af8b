// A file on a disk as a source of bytes.

import { readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GraftError } from '@graftjs/core';
import { type ByteSource, bytesOf, sourceOf } from './byte-source.js';
import type { ReadShard } from './read-tfjs.js';

/**
 * Opens a file while `read` looks at it.
 *
 * @throws GraftError when the file cannot be read
 */
export async function openFile<T>(
  path: string,
  read: (source: ByteSource) => Promise<T>,
): Promise<T> {
  const file = await open(path).catch((error: unknown) => fail(path, error));
  try {
    const source = await sourceIn(file).catch((error: unknown) => fail(path, error));
    return await read({
      size: source.size,
      read(position, into) {
        try {
          source.read(position, into);
        } catch (error) {
          fail(path, error);
        }
      },
    });
  } finally {
    await file.close();
  }
}

/** All bytes of a file. */
export function readWhole(path: string): Promise<Uint8Array> {
  return openFile(path, async (source) => bytesOf(source));
}

/** Reads the files that a model.json names, in its folder. */
export function shardsBeside(path: string): ReadShard {
  return (shard) => readWhole(join(dirname(path), shard));
}

async function sourceIn(file: FileHandle): Promise<ByteSource> {
  const stats = await file.stat();
  // A pipe has no size, and a folder gives an error.
  if (!stats.isFile()) return sourceOf(await file.readFile());
  return {
    size: stats.size,
    read(position, into) {
      let filled = 0;
      while (filled < into.byteLength) {
        const left = into.byteLength - filled;
        const count = readSync(file.fd, into, filled, left, position + filled);
        if (count === 0) throw new Error('it became shorter meanwhile');
        filled += count;
      }
    },
  };
}

function fail(path: string, error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new GraftError(`${path} cannot be read: ${reason}`, { cause: error });
}
