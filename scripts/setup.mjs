// Makes a fresh clone ready: dependencies, builds, and a TensorFlow under tfjs-node. What is ready already is left alone.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { cleanEnvironment, root } from './environment.mjs';
import { pnpmFolder } from './pnpm.mjs';
import { explainRegistry, registryFlags } from './registry.mjs';
import { hashInputs, readStamp, writeStamp } from './stamp.mjs';
import { step } from './step.mjs';

const patience = 1500;

/**
 * @param {object} options
 * @param {string[]} [options.build] turbo filters of what to build
 * @param {string[]} [options.native] packages that load tfjs-node; GRAFT_CUDA=1 gives them the TensorFlow for NVIDIA GPUs
 * @returns a function that runs a program of the workspace, as `run` does, by default in its root
 */
export async function setUp({ build = [], native = [] }) {
  const env = cleanEnvironment(process.env);
  const before = readStamp();
  const inputs = hashInputs();
  const fresh = before.inputs === inputs;
  const pnpm = await pnpmFolder(env, fresh ? before.pnpm : undefined);
  env.PATH = [pnpm, path.join(root, 'node_modules/.bin'), env.PATH].join(path.delimiter);
  const tool = (command, args, options) => run(command, args, { cwd: root, env, ...options });

  if (!fresh) {
    await step('Installing dependencies', () =>
      tool('pnpm', ['install', '--frozen-lockfile', '--prefer-offline', ...registryFlags], {
        output: 'on-failure',
        explain: (output) => explainRegistry('dependencies could not be installed', output),
      }),
    );
  }
  if (build.length > 0) {
    const filters = build.map((filter) => `--filter=${filter}`);
    await step(
      'Building',
      () =>
        tool('turbo', ['run', 'build', '--output-logs=errors-only', ...filters], {
          output: 'on-failure',
        }),
      { patience },
    );
  }
  for (const folder of native) {
    const program = 'packages/backend-node/dist/cli.js';
    const args = [program, 'install', '--from', folder];
    if (process.env.GRAFT_CUDA === '1') args.push('--cuda');
    await step(
      `TensorFlow for ${folder}`,
      () => tool(process.execPath, args, { output: fresh ? 'on-failure' : 'stderr' }),
      { patience, command: `node ${args.join(' ')}` },
    );
  }
  if (!fresh) {
    mkdirSync(path.join(root, 'node_modules'), { recursive: true });
    writeStamp({ inputs, pnpm });
  }
  return tool;
}
