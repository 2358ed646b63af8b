// A file on a disk that is replaced at once or not at all.

import { randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GraftError, invalidArgument } from '../errors.js';

/**
 * Sees that a file can be written at a path, before work is done for it.
 *
 * @throws GraftError when the folder of the path is missing
 * @example
 * await checkFolder('models/clothes.keras');
 */
export async function checkFolder(path: string): Promise<void> {
  const isFolder = await stat(dirname(path)).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) throw invalidArgument('path', 'in a folder that exists', path);
}

/**
 * Writes a file beside its place and renames it: whoever reads meanwhile finds the old one or the new one, whole.
 *
 * @throws GraftError when the file cannot take its place; what was there is then as it was
 * @example
 * await writeWhole('report.html', html);
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, content, { flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new GraftError(`${path} cannot be written: ${reason}`, { cause: error });
  }
}
