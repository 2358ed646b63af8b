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

// What runs now, and the signal that has ended this command: after it, nothing new is started.
let current;
let interruptedBy;
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);

function interrupt(signal) {
  interruptedBy = signal;
  // A terminal sends Ctrl-C to the child by itself; nobody else does. Twice would mean: at once.
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  if (!(signal === 'SIGINT' && terminal)) current?.kill(signal);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {'inherit' | 'stderr' | 'on-failure'} [options.output] `stderr` keeps our stdout clean; `on-failure` shows
 *   the child's output, on stderr, only when it fails
 * @returns {Promise<void>} rejects with {@link Stop} when the child fails, or after Ctrl-C
 */
export async function run(command, args, { cwd, env, output = 'inherit' }) {
  if (interruptedBy) throw new Stop('', exitCodeOf(interruptedBy));
  const stdio = {
    inherit: 'inherit',
    stderr: ['inherit', 2, 2],
    'on-failure': ['ignore', 'pipe', 'pipe'],
  }[output];
  const child = spawn(command, args, { cwd, env, stdio });
  current = child;
  const chunks = [];
  child.stdout?.on('data', (chunk) => chunks.push(chunk));
  child.stderr?.on('data', (chunk) => chunks.push(chunk));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Stop(`${command} did not start: ${error.message}`)));
    child.on('close', (...end) => resolve(end));
  });
  current = undefined;
  if (code === 0) return;
  if (!interruptedBy) for (const chunk of chunks) process.stderr.write(chunk);
  throw new Stop('', code ?? exitCodeOf(signal));
}

function exitCodeOf(signal) {
  return 128 + constants.signals[signal];
}
