import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { killerOfNative } from './probe-native.js';

let project: string;
beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), 'graft-probe-'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

it.each([
  ['crashes when it is loaded', "process.kill(process.pid, 'SIGBUS');", 'SIGBUS'],
  [
    'crashes when it computes',
    "exports.add = () => ({ dataSync: () => process.kill(process.pid, 'SIGKILL') });",
    'SIGKILL',
  ],
  ['throws', "throw new Error('no binding');", null],
  ['works', 'exports.add = ([a], [b]) => ({ dataSync: () => [a + b] });', null],
])('a tfjs-node that %s', async (_, source, signal) => {
  const folder = path.join(project, 'node_modules', '@tensorflow', 'tfjs-node-gpu');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'index.js'), source);
  expect(await killerOfNative(`${project}/`)).toBe(signal);
});

it('a tfjs-node that is not there kills nobody', async () => {
  expect(await killerOfNative(`${project}/`)).toBeNull();
});
