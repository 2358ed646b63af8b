// By what files are known to be the same as before, without reading them.

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GraftError } from '@graftjs/core';

/** Where a file is, its bytes, and when it was last written, in milliseconds. */
export type FileIdentity = readonly [path: string, size: number, modified: number];

/**
 * The identities of files, for `identity` of {@link cacheFeatures}: one that was changed, moved or replaced has another.
 *
 * @throws GraftError for a file that is not there
 * @example
 * const files = await identifyFiles(images.map(({ path }) => path));
 */
export async function identifyFiles(paths: readonly string[]): Promise<FileIdentity[]> {
  const identities: FileIdentity[] = [];
  for (const path of paths) {
    try {
      const { size, mtimeMs } = await stat(path);
      identities.push([resolve(path), size, mtimeMs]);
    } catch (error) {
      throw new GraftError(`${path} cannot be read: ${(error as Error).message}`);
    }
  }
  return identities;
}
