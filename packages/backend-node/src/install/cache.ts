// The per-user cache: where unpacked wheels and compiled bindings lie, and what makes one of them complete.

import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { TENSORFLOW_VERSION, type Architecture, type Variant, type Wheel } from './wheels.js';

const workPrefix = 'work-';

/** `$GRAFT_CACHE/tensorflow`, by default `~/.cache/graft/tensorflow`. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  const { GRAFT_CACHE: own, XDG_CACHE_HOME: xdg } = env;
  if (own) return path.resolve(own, 'tensorflow');
  // The XDG specification: a relative path is to be ignored.
  const base = xdg && path.isAbsolute(xdg) ? xdg : path.join(env['HOME'] || homedir(), '.cache');
  return path.join(base, 'graft', 'tensorflow');
}

/** Where the wheels of one variant are unpacked: laid out as a Python site-packages folder. */
export function siteFolder(cache: string, variant: Variant, architecture: Architecture): string {
  return path.join(cache, `${TENSORFLOW_VERSION}-${variant}-${architecture}`);
}

/** The note that is written last into a site folder: which wheels it holds. */
export const completeFile = 'complete.json';

export function describeWheels(wheels: readonly Wheel[]): string {
  const list = wheels.map(({ name, version, sha256 }) => ({ name, version, sha256 }));
  return `${JSON.stringify(list, null, 2)}\n`;
}

/** The library inside a site folder that holds TensorFlow's C interface. */
export function mainLibrary(site: string): string {
  return path.join(site, 'tensorflow', 'libtensorflow_cc.so.2');
}

/** True for a site folder that holds exactly these wheels. */
export function isComplete(site: string, wheels: readonly Wheel[]): boolean {
  const file = path.join(site, completeFile);
  if (!existsSync(file) || !existsSync(mainLibrary(site))) return false;
  return readFileSync(file, 'utf8') === describeWheels(wheels);
}

export function bindingFile(cache: string, key: string): string {
  return path.join(cache, 'bindings', `${key}.node`);
}

/** Runs `action` with a fresh folder inside the cache, which is deleted in any case. */
export async function withWorkFolder<T>(
  cache: string,
  action: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(cache, workPrefix));
  try {
    mkdirSync(path.join(folder, 'tmp'));
    return await action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Deletes what killed runs have left. The caller holds the lock, so no other run is at work here. */
export function removeLeftovers(cache: string): void {
  for (const name of readdirSync(cache)) {
    if (name.startsWith(workPrefix))
      rmSync(path.join(cache, name), { recursive: true, force: true });
  }
}

/** Bytes of all files below a folder; 0 where it does not exist. Links are not followed. */
export function folderSize(folder: string): number {
  let total = 0;
  for (const entry of listFolder(folder)) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) total += folderSize(file);
    else total += lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }
  return total;
}

function listFolder(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    // Others may delete while we count.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
