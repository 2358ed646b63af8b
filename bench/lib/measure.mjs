// Runs the sides of a bench as processes of their own, and sums up what they print.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findPython } from '../../reference/find-python.mjs';

/** A Node program beside the bench; its last line of output is JSON. */
export function runNode(script, args, base, env) {
  return runJson(process.execPath, [fileURLToPath(new URL(script, base)), ...args], env);
}

/** The same in the pinned Python of reference/. */
export function runPython(script, args, base, env) {
  const { python, missing } = findPython();
  if (!python) throw new Error(missing);
  return runWith(python, script, args, base, env);
}

/** The same in another interpreter. */
export function runWith(python, script, args, base, env) {
  return runJson(python, [fileURLToPath(new URL(script, base)), ...args], env);
}

function runJson(program, args, env) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'tensorflow', ...env },
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${args[0]} failed:\n${stderr.trim().split('\n').slice(-8).join('\n')}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
