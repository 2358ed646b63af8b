// Finds the pnpm that package.json asks for. It comes through npx, from npm's own cache, so that an install may replace
// node_modules without deleting the pnpm that runs it. (Not corepack: it has left Node, and old ones fail on signatures.)

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Stop } from './command.mjs';
import { root } from './environment.mjs';

/** The exact version in the field `packageManager`. */
function pnpmVersion() {
  const { packageManager } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return packageManager.replace(/^pnpm@/, '').replace(/\+.*$/, '');
}

/**
 * The folder that holds the executable `pnpm`.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string | undefined} known the folder that an earlier run found
 */
export function pnpmFolder(env, known) {
  if (known && existsSync(path.join(known, 'pnpm'))) return known;
  const wanted = `pnpm@${pnpmVersion()}`;
  const found = spawnSync(
    'npx',
    ['--yes', '--prefer-offline', `--package=${wanted}`, '-c', 'command -v pnpm'],
    { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  if (found.status === 0) return path.dirname(found.stdout.trim());
  const reason = found.error?.message ?? found.stderr.trim().split('\n')[0];
  throw new Stop(`npm could not provide ${wanted}: ${reason}`);
}
