// Finds the pnpm that package.json asks for. It comes through npx, from npm's own cache, so that an install may replace
// node_modules without deleting the pnpm that runs it. (Not corepack: it has left Node, and old ones fail on signatures.)

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { root } from './environment.mjs';
import { explainRegistry, registryFlags } from './registry.mjs';
import { step } from './step.mjs';

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
export async function pnpmFolder(env, known) {
  if (known && existsSync(path.join(known, 'pnpm'))) return known;
  const wanted = `pnpm@${pnpmVersion()}`;
  // .npmrc keeps npm silent, on its errors too.
  const flags = ['--yes', '--prefer-offline', '--loglevel=error', ...registryFlags];
  const args = [...flags, `--package=${wanted}`, '-c', 'command -v pnpm'];
  const explain = (output) => explainRegistry(`npm could not provide ${wanted}`, output);
  let found = '';
  await step(
    `Getting ${wanted}`,
    async () => {
      found = await run('npx', args, { cwd: root, env, output: 'on-failure', explain });
    },
    { patience: 1500 },
  );
  return path.dirname(found.trim());
}
