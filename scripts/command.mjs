// Runs one child process: where its output goes, how Ctrl-C reaches it, what its exit means.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';

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
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);

/** True once a signal has told this command to stop. */
export function wasInterrupted() {
  return interruptedBy !== undefined;
}

function interrupt(signal) {
  interruptedBy = signal;
  // A terminal sends Ctrl-C to the child by itself, and twice would mean: at once. A child that still runs a moment
  // later has not heard of it, since the signal came from `kill`.
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  if (signal === 'SIGINT' && terminal) setTimeout(() => current?.kill(signal), 500).unref();
  else current?.kill(signal);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {'inherit' | 'stderr' | 'on-failure'} [options.output] `stderr` keeps our stdout clean; `on-failure` shows
 *   the child's output, on stderr, only when it fails
 * @param {(output: string) => string} [options.explain] what `on-failure` shows instead of the whole output
 * @returns {Promise<string>} the child's stdout under `on-failure`, else ''; rejects with {@link Stop} when the child
 *   fails, or after Ctrl-C
 */
export async function run(
  command,
  args,
  { cwd, env, output = 'inherit', explain = (text) => text },
) {
  if (interruptedBy) throw new Stop('', exitCodeOf(interruptedBy));
  const stdio = {
    inherit: 'inherit',
    stderr: ['inherit', 2, 2],
    'on-failure': ['ignore', 'pipe', 'pipe'],
  }[output];
  const child = spawn(command, args, { cwd, env, stdio });
  current = child;
  let stdout = '';
  let all = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    all += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => (all += text));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Stop(`${command} did not start: ${error.message}`)));
    child.on('close', (...end) => resolve(end));
  });
  current = undefined;
  // Whatever the child makes of it: turbo ends with 0.
  if (interruptedBy) throw new Stop('', exitCodeOf(interruptedBy));
  if (code === 0) return stdout;
  if (all !== '') process.stderr.write(explain(all));
  if (signal === null) throw new Stop('', code);
  const name = [path.basename(command), args[0]].join(' ');
  throw new Stop(`${name} was killed by ${signal}`, exitCodeOf(signal));
}

function exitCodeOf(signal) {
  return 128 + constants.signals[signal];
}
