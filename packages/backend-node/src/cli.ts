#!/usr/bin/env node
// The program `backend-node`.

import { runCommandLine } from './install/command-line.js';
import { InstallError } from './install/errors.js';

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
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
  process.exitCode = status;
});
