// The command line of backend-node: reads arguments, shows steps, prints a report. No step of the installation lives here.

import { parseArgs } from 'node:util';
import { megabytes } from './context.js';
import { InstallError } from './errors.js';
import { install, type InstallReport } from './install.js';
import { installStatus, type InstallStatus } from './status.js';

export interface CommandLine {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

export const help = `Puts a current TensorFlow under @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu.

Usage: backend-node install [--cuda] [--force] [--from DIR] [--json]
       backend-node status [--from DIR] [--json]

Commands
  install      download TensorFlow's wheel with pip, compile the binding, verify; quick if all is in place
  status       say what is in place

Options
  --cuda       TensorFlow with CUDA 12 for NVIDIA GPUs (3.3 GB to download; Linux on x86-64)
  --force      download, compile and verify again
  --from DIR   folder of the project whose tfjs-node is meant (default: the current one)
  --json       print the result as JSON
  --help       print this

Environment
  GRAFT_CACHE  folder to keep TensorFlow in, for all projects (default: ~/.cache/graft)
  PYTHON, CXX  the Python (3.8 or newer, with pip) and the C++ compiler to use

Examples
  npx @graftjs/backend-node install
  npx @graftjs/backend-node install --cuda --from apps/trainer
  npx @graftjs/backend-node status --json
`;

const common = { from: { type: 'string' }, json: { type: 'boolean' } } as const;
const installFlags = { ...common, cuda: { type: 'boolean' }, force: { type: 'boolean' } } as const;

/** Runs one command. Returns the exit status: 0, 1 if it failed or was stopped, 2 for wrong arguments. */
export async function runCommandLine(
  args: readonly string[],
  { stdout, stderr, env, signal }: CommandLine,
): Promise<number> {
  if (args.includes('--help')) {
    stdout.write(help);
    return 0;
  }
  const [command, ...flags] = args;
  let action: () => Promise<string>;
  let json: boolean | undefined;
  try {
    if (command === 'install') {
      const { values } = parseArgs({ args: flags, options: installFlags });
      json = values.json;
      const progress = showProgress(stderr);
      action = async () => {
        const report = await install({ ...values, ...progress, env, signal }).finally(progress.end);
        for (const note of report.notes) stderr.write(`note: ${note}\n`);
        return json ? toJson(report) : describeReport(report);
      };
    } else if (command === 'status') {
      const { values } = parseArgs({ args: flags, options: common });
      json = values.json;
      action = async () => {
        const status = installStatus({ ...values, env });
        return json ? toJson(status) : describeStatus(status, values.from ?? '.');
      };
    } else {
      throw new TypeError(`the command must be install or status. Received: ${command ?? 'none'}`);
    }
  } catch (error) {
    stderr.write(`error: ${(error as Error).message}\nwhat to do: see backend-node --help\n`);
    return 2;
  }
  try {
    stdout.write(await action());
    return 0;
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    const { code, message, remedy, details } = error;
    if (details !== '') stderr.write(`${details}\n\n`);
    stderr.write(`error: ${message}\nwhat to do: ${remedy}\n`);
    if (json) stdout.write(toJson({ error: { code, message, remedy, details } }));
    return 1;
  }
}

/** Steps and a counting line for people who watch; nothing for a file or a pipe. */
function showProgress(stderr: CommandLine['stderr']) {
  const clear = '\r\x1b[K';
  if (stderr.isTTY !== true) return { end: () => {} };
  return {
    log: (line: string) => stderr.write(`${clear}${line}\n`),
    onDownload: (received: number, total: number) =>
      stderr.write(`${clear}  ${megabytes(received)} of ${megabytes(total)}`),
    end: () => stderr.write(clear),
  };
}

function describeReport({ tensorflow, variant, packages }: InstallReport): string {
  return packages
    .map(({ name, version, changed, gpu }) => {
      const what = `TensorFlow ${tensorflow} (${describeVariant(variant, gpu)})`;
      return `${name} ${version} ${changed ? 'now' : 'already'} runs on ${what}.\n`;
    })
    .join('');
}

function describeStatus({ packages, cache }: InstallStatus, from: string): string {
  const lines = packages.map(({ name, version, state, tensorflow, variant, gpu, folder }) => {
    const runs = variant === null ? '' : ` (${describeVariant(variant, gpu)})`;
    const what = {
      ready: `runs on TensorFlow ${tensorflow}${runs}`,
      own: `has a binding that Graft did not build, for TensorFlow ${tensorflow ?? 'of unknown version'}`,
      broken: 'is incomplete; run: backend-node install',
      missing: 'has no TensorFlow; run: backend-node install',
    }[state];
    return `${name} ${version} ${what}.\n  ${folder}\n`;
  });
  if (packages.length === 0) lines.push(`No tfjs-node package is installed in ${from}.\n`);
  return `${lines.join('')}Cache: ${cache.folder}, ${megabytes(cache.bytes)}\n`;
}

function describeVariant(variant: 'cpu' | 'cuda12', gpu: boolean): string {
  if (variant === 'cpu') return 'CPU';
  return gpu ? 'CUDA 12, on the GPU' : 'CUDA 12, no GPU found';
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
