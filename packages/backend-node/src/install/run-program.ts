// Runs another program to its end, or to the end of our patience: an abort stops it and everything it started.

import { spawn } from 'node:child_process';

export interface ProgramResult {
  /** Exit status 0. */
  readonly ok: boolean;
  /** The file does not exist or may not be executed. */
  readonly missing: boolean;
  /** Why it ended: `status 1`, `signal SIGSEGV`, or the error that kept it from starting. */
  readonly ending: string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly cwd?: string;
}

/** Between the polite request to stop and the end. */
const graceMs = 2000;
/** Of each stream, the end is kept. */
const keptCharacters = 200_000;

/**
 * Starts `command` without a shell and waits for it. It gets no input and a process group of its own.
 *
 * @throws the reason of `signal` once it is aborted and the whole group is gone
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  { env, signal, cwd }: ProgramOptions,
): Promise<ProgramResult> {
  signal.throwIfAborted();
  const result = await new Promise<ProgramResult>((resolve) => {
    const child = spawn(command, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...(cwd === undefined ? {} : { cwd }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(-keptCharacters);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-keptCharacters);
    });

    let killer: NodeJS.Timeout | undefined;
    const stop = () => {
      killGroup(child.pid, 'SIGTERM');
      killer = setTimeout(() => killGroup(child.pid, 'SIGKILL'), graceMs);
    };
    signal.addEventListener('abort', stop, { once: true });

    const settle = (ending: string, ok: boolean, missing: boolean) => {
      clearTimeout(killer);
      signal.removeEventListener('abort', stop);
      resolve({ ok, missing, ending, stdout, stderr });
    };
    child.on('error', (error: NodeJS.ErrnoException) => {
      settle(error.message, false, error.code === 'ENOENT' || error.code === 'EACCES');
    });
    child.on('close', (status, by) => {
      if (signal.aborted) killGroup(child.pid, 'SIGKILL');
      settle(by === null ? `status ${status}` : `signal ${by}`, status === 0, false);
    });
  });
  signal.throwIfAborted();
  return result;
}

function killGroup(pid: number | undefined, by: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, by);
  } catch (error) {
    // The group has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
