// Where the Python that writes the fixtures is: GRAFT_REFERENCE_PYTHON, or the environment that reference.mjs made.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const requirements = new URL('requirements.txt', import.meta.url);

/** The folder of the environment for the present requirements, whether it is there or not. */
export function environmentFolder() {
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'graft', `reference-${hash}`);
}

/** The interpreter inside an environment. */
export function interpreterOf(folder) {
  return process.platform === 'win32'
    ? join(folder, 'Scripts', 'python.exe')
    : join(folder, 'bin', 'python');
}

/** `{ python }`, the path of an interpreter with the pinned packages, or `{ missing }`, why there is none. */
export function findPython() {
  const chosen = process.env.GRAFT_REFERENCE_PYTHON;
  if (chosen) {
    return existsSync(chosen)
      ? { python: chosen }
      : { missing: `GRAFT_REFERENCE_PYTHON names no file: ${chosen}` };
  }
  const folder = environmentFolder();
  // The mark is written when everything is installed; without it an install was cut short.
  return existsSync(join(folder, 'complete'))
    ? { python: interpreterOf(folder) }
    : { missing: `no reference Python at ${folder}; \`npm run reference\` makes one` };
}
