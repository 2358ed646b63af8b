// Writes a file whole or not at all.

import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes beside the target and renames; on an error nothing is left, and the message names the file. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
