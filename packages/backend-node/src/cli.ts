#!/usr/bin/env node
// The program `backend-node`.

import { constants } from 'node:os';
import { runCommandLine } from './install/command-line.js';
import { InstallError } from './install/errors.js';

const interruption = new AbortController();
let interruptedBy: NodeJS.Signals | undefined;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    interruptedBy ??= name;
    interruption.abort(
      new InstallError(
        'interrupted',
        `interrupted by ${name}; nothing half-written remains.`,
        'run the same command again',
      ),
    );
  });
}

const { stdout, stderr, env } = process;
void runCommandLine(process.argv.slice(2), {
  stdout,
  stderr,
  env,
  signal: interruption.signal,
}).then((status) => {
  // As a shell reports it: 130 after Ctrl-C.
  process.exitCode =
    status === 1 && interruptedBy ? 128 + constants.signals[interruptedBy] : status;
});
