// The folder that keeps what was downloaded, unpacked and one file each.

import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '@graftjs/core/node';
import { requireLength, type Contents } from './data-file.js';
import { isMissing } from './file-error.js';
import type { Source } from './source.js';

/** A folder of the cache as a source. */
export function cache(folder: string): Source {
  return {
    name: `the cache ${folder}`,
    async read(files) {
      const contents = new Map<string, Uint8Array>();
      for (const file of files) {
        try {
          const path = join(folder, file.name);
          // Before it is read: it may be huge.
          requireLength(file, (await stat(path)).size);
          contents.set(file.name, await readFile(path));
        } catch (error) {
          if (isMissing(error)) return undefined;
          throw error;
        }
      }
      return contents;
    },
  };
}

/**
 * Writes files into a folder of the cache. Each appears whole or not at all, whoever else writes at the same time.
 *
 * @throws GraftError, or the error of the system, when the folder cannot be written, or is full
 */
export async function keep(folder: string, contents: Contents): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, data] of contents) {
    await writeWhole(join(folder, name), data);
  }
}
