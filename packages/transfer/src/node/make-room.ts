// Keeps a folder of features within its bound.

import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, processOf } from './partial-name.js';

export const ENDING = '.features';

/**
 * Removes files of features, those that were not used for longest first, until all that is left is within a number of bytes.
 *
 * @param key files of this name stay, and are not counted
 */
export async function makeRoom(folder: string, bytes: number, key: string): Promise<void> {
  const files = [];
  for (const name of await readdir(folder)) {
    const writer = processOf(name);
    const isFeatures = writer === undefined ? name.endsWith(ENDING) : name.includes(ENDING);
    if (!isFeatures || name.startsWith(key) || (writer !== undefined && isRunning(writer)))
      continue;
    const path = join(folder, name);
    const { size, mtimeMs } = await stat(path);
    files.push({ path, size, mtimeMs });
  }
  files.sort((a, b) => b.mtimeMs - a.mtimeMs);
  let kept = 0;
  for (const { path, size } of files) {
    kept += size;
    if (kept > bytes) await rm(path, { force: true });
  }
}
