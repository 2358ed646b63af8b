// Whether a file can be written, asked before the work for it begins.

import { mkdir, mkdtemp, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GraftError } from '@graftjs/core';

/**
 * Leaves nothing: folders that are missing are those of {@link makeFolderOf}, once there is something to write.
 *
 * @throws GraftError where the path is a folder, or no file can be made there
 */
export async function checkOut(path: string): Promise<void> {
  if ((await statOf(path))?.isDirectory())
    throw new GraftError(`--out must be a file. ${path} is a folder`);
  await checkFolderOut(dirname(path));
}

/**
 * As {@link checkOut}, for a folder that files go into.
 *
 * @throws GraftError where the path, or the nearest folder above that exists, takes no files
 */
export async function checkFolderOut(folder: string): Promise<void> {
  let nearest = folder;
  let entry = await statOf(nearest);
  while (!entry && dirname(nearest) !== nearest) {
    nearest = dirname(nearest);
    entry = await statOf(nearest);
  }
  if (!entry?.isDirectory()) throw new GraftError(`--out cannot be written: ${nearest} is a file`);
  try {
    // Permissions do not tell it all: a file system may be read-only, or made by the kernel.
    await rmdir(await mkdtemp(join(nearest, '.graft-')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new GraftError(`--out cannot be written: ${nearest} takes no files (${code})`);
  }
}

/** Makes the folder that a file goes into, and those above it. */
export async function makeFolderOf(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
}

async function statOf(path: string) {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
}
