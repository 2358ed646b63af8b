#!/usr/bin/env node
// The entry of every command of this repository: `npm start`, `npm test`, `npm run graft|web|check|bench|reference`.
// It needs nothing but Node and npm.

import { Stop } from './command.mjs';

try {
  requireNode(20, 19);
  const { tasks } = await import('./tasks.mjs');
  const [name, ...rest] = process.argv.slice(2);
  if (!Object.hasOwn(tasks, name ?? '')) {
    const known = Object.keys(tasks).join(', ');
    throw new Stop(`task must be one of ${known}. Received: ${name ?? 'nothing'}`, 2);
  }
  await tasks[name](rest);
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  if (error.message) console.error(error.message);
  process.exitCode = error.exitCode;
}

function requireNode(major, minor) {
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  throw new Stop(`Node ${major}.${minor} or newer is needed. This is ${process.version}.`);
}
