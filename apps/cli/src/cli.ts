#!/usr/bin/env node
// The command `graft`: what it is asked for, and how it ends.

import { runCli } from './program.js';

// Whoever reads the output may stop: `graft inspect model.h5 | head`. That is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runCli(process.argv.slice(2));
