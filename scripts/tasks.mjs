// What each command of the repository does, step by step.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { run } from './command.mjs';
import { cleanEnvironment, root } from './environment.mjs';
import { setUp } from './setup.mjs';
import { step } from './step.mjs';

const cli = path.join(root, 'apps/cli/dist/cli.js');
const cliBuild = ['@graftjs/cli...', '@graftjs/backend-node...'];

export const tasks = {
  /** The demo: a photo set, a network, a new head. */
  async start(rest) {
    await graft(['demo', ...rest]);
  },

  /** Any command of the CLI; nothing but its own output reaches stdout. */
  async graft(rest) {
    await graft(rest);
  },

  /** The page, built and served; `rest` goes to Vite's server: `--port 8080`, `--host`. */
  async web(rest) {
    const tool = await setUp({});
    const cwd = path.join(root, 'apps/web');
    const vite = path.join(cwd, 'node_modules/.bin/vite');
    await step('Building the page', () => tool(vite, ['build', '--logLevel=error'], { cwd }));
    await tool(vite, ['preview', ...rest], { cwd });
  },

  /** Types, lint, tests with coverage; `rest` goes to vitest. */
  async test(rest) {
    const tool = await setUp({
      build: ['@graftjs/backend-node...'],
      native: ['packages/backend-node', 'apps/cli'],
    });
    await step('Types', () => tool('tsc', ['-p', '.', '--noEmit']));
    await step('Lint', () => tool('eslint', ['.', '--max-warnings=0']));
    await step('Tests', () => tool('vitest', ['run', '--coverage', ...rest]));
  },

  /** What must hold before a release and is not a test: format, unused code, packages, sizes, changesets, tarballs. */
  async check() {
    const tool = await setUp({});
    await step('Format', () => tool('prettier', ['--check', '.', '--log-level=warn']));
    await step('Unused code', () => tool('knip', []));
    await step('Build', () =>
      tool('turbo', ['run', 'build', '--output-logs=errors-only'], { output: 'on-failure' }),
    );
    await step('Packages', () =>
      tool('turbo', ['run', 'lint:package', '--output-logs=errors-only'], { output: 'on-failure' }),
    );
    await step('Sizes', () => tool('size-limit', []));
    await step('Changesets', async () => {
      await tool('changeset', ['status', ...sinceMain()]);
      // The next release, of all changesets: one that cannot be made shows here, not on its day.
      await tool('changeset', ['status'], { output: 'on-failure' });
    });
    await step('Publishing, dry', () =>
      tool('pnpm', ['-r', 'publish', '--dry-run', '--no-git-checks'], { output: 'on-failure' }),
    );
    await step('Tarballs', () => tool(process.execPath, ['e2e/run.mjs']));
  },

  /** Speed against peers; `rest` names the bench. */
  async bench(rest) {
    const tool = await setUp({ build: ['./packages/*'], native: ['packages/backend-node'] });
    await tool(process.execPath, ['bench/run.mjs', ...rest]);
  },

  /** Fixtures from pinned Python; `--check` compares instead of writing. */
  async reference(rest) {
    const env = cleanEnvironment(process.env);
    await run(process.execPath, ['reference/reference.mjs', ...rest], { cwd: root, env });
  },
};

/** Runs the CLI where npm was called, not where it found this repository: paths are the caller's. */
async function graft(args) {
  const tool = await setUp({ build: cliBuild, native: ['apps/cli'] });
  const cwd = process.env.INIT_CWD ?? process.cwd();
  await tool(process.execPath, [cli, ...args], { cwd }).catch((error) => {
    // Only a crash leaves a message to us; doctor lives through those of TensorFlow.
    if (error.message) error.message += '; to see why: npm run graft -- doctor';
    throw error;
  });
}

/** A clone of one commit may lack a local `main`, which changesets compares with. */
function sinceMain() {
  const known = (ref) =>
    spawnSync('git', ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], { cwd: root })
      .status === 0;
  const ref = ['main', 'origin/main', 'HEAD'].find(known);
  return ref === undefined ? [] : [`--since=${ref}`];
}
