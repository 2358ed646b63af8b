#!/usr/bin/env node
// The command `graft`: what it is asked for, and how it ends.

import { runCli } from './program.js';

process.exitCode = await runCli(process.argv.slice(2));
