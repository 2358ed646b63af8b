// Every optimizer takes the steps that Keras's, or its authors', takes; on every way a step runs in Node.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { waysOfSteps } from '../engines.js';
import { expectRun, fixture, long } from './fixture.js';
import { memoryOver } from './memory.js';
import { makeOptimizer, runCase } from './problem.js';

const require = createRequire(import.meta.url);
setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`);
setThreadsCount(1);

const ways = [
  ...(await waysOfSteps()),
  { way: 'op by op on wasm', backend: 'wasm', runEagerly: true },
];

describe.each(ways)('$way', ({ backend, runEagerly }) => {
  beforeAll(async () => expect(await tf.setBackend(backend)).toBe(true));

  it.each(fixture.cases)('$name', async (c) => {
    const run = await runCase(fixture, c, makeOptimizer(c), { runEagerly });
    expect(run.engine.name).toBe(runEagerly ? 'eager' : 'graph');
    expectRun(run, c);
  });

  it.each(long.cases)('$name leaves nothing behind in 200 steps', async (c) => {
    expect(await memoryOver(long, c, makeOptimizer(c), { runEagerly })).toHaveLength(1);
  });
});
