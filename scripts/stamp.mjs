// Remembers the last successful set-up, so that the next one has nothing to do.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './environment.mjs';

const file = path.join(root, 'node_modules/.graft-setup.json');

/** What the last set-up left: `{ inputs, pnpm }`, or an empty object. It vanishes together with node_modules. */
export function readStamp() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

export function writeStamp(stamp) {
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(stamp));
  renameSync(`${file}.${process.pid}`, file);
}

/** One hash of everything that decides what an install does. */
export function hashInputs() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  const files = ['.npmrc', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', ...manifests()];
  for (const name of files) {
    const content = readFileSync(path.join(root, name));
    hash.update(`\n${name} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/** The manifests of the workspace, two folders deep. */
function manifests() {
  const folders = subfolders('.').flatMap((folder) => [folder, ...subfolders(folder)]);
  return ['.', ...folders]
    .map((folder) => path.join(folder, 'package.json'))
    .filter((name) => existsSync(path.join(root, name)));
}

function subfolders(folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name))
    .map((entry) => path.join(folder, entry.name))
    .sort();
}
