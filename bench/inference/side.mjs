// A side of the bench: a process that has loaded its model, and predicts when it is told to.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findPython } from '../../reference/find-python.mjs';

/** Starts `script` beside this file, in Node or in the pinned Python, and waits until it has its model. */
export async function startSide(script, args) {
  const program = script.endsWith('.py') ? findPython().python : process.execPath;
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(program, [path, ...args], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', KERAS_BACKEND: 'tensorflow' },
  });
  let errors = '';
  child.stderr.on('data', (data) => (errors += data));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done)
        throw new Error(`${script} failed:\n${errors.trim().split('\n').slice(-8).join('\n')}`);
      // TensorFlow and tfjs have things to say, too.
      if (value.startsWith('{')) return JSON.parse(value);
    }
  };
  const { versions } = await answer();
  return {
    versions,
    /** Predicts `count` times: seconds of one, and the largest value of the last. */
    predict(batchSize, count) {
      child.stdin.write(`${batchSize} ${count}\n`);
      return answer();
    },
    stop: () => child.kill(),
  };
}
