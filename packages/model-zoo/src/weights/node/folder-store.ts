// Graft's cache in Node: a folder with one file for each.

import type { WeightsStore } from '../weights-store.js';

// A page's bundler must not look for these; this file is loaded in Node only.
const { mkdir, open, readFile, rename, rm } = process.getBuiltinModule('node:fs/promises');
const { homedir } = process.getBuiltinModule('node:os');
const { join } = process.getBuiltinModule('node:path');
const { randomUUID } = process.getBuiltinModule('node:crypto');

/** `$GRAFT_CACHE/weights`, else `$XDG_CACHE_HOME/graft/weights`, else `~/.cache/graft/weights`. */
export function weightsFolder(env: NodeJS.ProcessEnv = process.env): string {
  const { GRAFT_CACHE, XDG_CACHE_HOME } = env;
  const cache = GRAFT_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'graft');
  return join(cache, 'weights');
}

export function folderStore(folder: string): WeightsStore {
  const partOf = (name: string): string => join(folder, `${name}.part`);
  return {
    name: `the cache ${folder}`,
    read: ({ name }) => readIfThere(join(folder, name)),
    keep: (name, bytes) => writeWhole(folder, name, [bytes]),
    async readPart(name) {
      const content = await readIfThere(partOf(name));
      const end = content?.indexOf(10) ?? -1;
      if (content === undefined || end < 0) return undefined;
      return {
        origin: new TextDecoder().decode(content.subarray(0, end)),
        bytes: content.subarray(end + 1),
      };
    },
    // One file, so that its two halves always belong together.
    keepPart: (name, { origin, bytes }) =>
      writeWhole(folder, `${name}.part`, [new TextEncoder().encode(`${origin}\n`), bytes]),
    dropPart: (name) => rm(partOf(name), { force: true }),
  };
}

/** The bytes of a file; undefined where there is none. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Writes beside the target and renames: the file appears whole or not at all, and nothing else is left. */
async function writeWhole(
  folder: string,
  name: string,
  pieces: readonly Uint8Array[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${name}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
