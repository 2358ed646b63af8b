// Runs one child process: where its output goes, how Ctrl-C reaches it, what its exit means.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Ends the command with one line (or none, where the child has already said it) and an exit code. */
export class Stop extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {'inherit' | 'stderr' | 'on-failure'} [options.output] `stderr` keeps our stdout clean; `on-failure` shows
 *   the child's output, on stderr, only when it fails
 * @returns {Promise<void>} rejects with {@link Stop} when the child fails
 */
export async function run(command, args, { cwd, env, output = 'inherit' }) {
  const stdio = {
    inherit: 'inherit',
    stderr: ['inherit', 2, 2],
    'on-failure': ['ignore', 'pipe', 'pipe'],
  }[output];
  const child = spawn(command, args, { cwd, env, stdio });
  const chunks = [];
  child.stdout?.on('data', (chunk) => chunks.push(chunk));
  child.stderr?.on('data', (chunk) => chunks.push(chunk));

  const stopForwarding = forwardSignals(child);
  let code, signal;
  try {
    [code, signal] = await new Promise((resolve, reject) => {
      child.on('error', (error) => reject(new Stop(`${command} did not start: ${error.message}`)));
      child.on('close', (...end) => resolve(end));
    });
  } finally {
    stopForwarding();
  }
  if (code === 0) return;
  for (const chunk of chunks) process.stderr.write(chunk);
  throw new Stop('', code ?? 128 + constants.signals[signal]);
}

/** This process outlives the child's last words. A terminal sends Ctrl-C to the child by itself; nobody else does. */
function forwardSignals(child) {
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const interrupt = () => terminal || child.kill('SIGINT');
  const terminate = () => child.kill('SIGTERM');
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', terminate);
  return () => {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', terminate);
  };
}
