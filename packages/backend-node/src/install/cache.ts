// The per-user cache: where unpacked wheels and compiled bindings lie, and what makes one of them complete.

import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
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

/** The note that is written last into a site folder: which wheels it holds, and the size of each library. */
const completeFile = 'complete.json';

interface Contents {
  readonly wheels: readonly Pick<Wheel, 'name' | 'version' | 'sha256'>[];
  /** Bytes by path inside the site folder. */
  readonly libraries: Readonly<Record<string, number>>;
}

/** Writes the note about `wheels` that were just unpacked into `site`. */
export function writeContents(site: string, wheels: readonly Wheel[]): void {
  const libraries = readdirSync(site, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.so[.0-9]*$/.test(name))
    .sort()
    .map((name) => [name, statSync(path.join(site, name)).size] as const);
  const contents: Contents = {
    wheels: identities(wheels),
    libraries: Object.fromEntries(libraries),
  };
  writeFileSync(path.join(site, completeFile), `${JSON.stringify(contents, null, 2)}\n`);
}

function identities(wheels: readonly Wheel[]): Contents['wheels'] {
  return wheels.map(({ name, version, sha256 }) => ({ name, version, sha256 }));
}

/** The library inside a site folder that holds TensorFlow's C interface. */
export function mainLibrary(site: string): string {
  return path.join(site, 'tensorflow', 'libtensorflow_cc.so.2');
}

/** True for a site folder that holds exactly these wheels, with libraries of the sizes that were unpacked. */
export function isComplete(site: string, wheels: readonly Wheel[]): boolean {
  const held = JSON.stringify(readContents(site)?.wheels);
  return held === JSON.stringify(identities(wheels)) && isIntact(site);
}

/** True for a site folder whose libraries have the sizes that were unpacked. A truncated one would kill its process. */
export function isIntact(site: string): boolean {
  const libraries = Object.entries(readContents(site)?.libraries ?? {});
  const intact = ([name, bytes]: readonly [string, number]) =>
    statSync(path.join(site, name), { throwIfNoEntry: false })?.size === bytes;
  return libraries.length > 0 && libraries.every(intact);
}

function readContents(site: string): Partial<Contents> | undefined {
  const file = path.join(site, completeFile);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Contents>;
  } catch {
    // Damaged, like the libraries perhaps.
    return undefined;
  }
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
