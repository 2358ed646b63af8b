// Every optimizer takes the steps that Keras's, or its authors', takes; on every way a step runs in Node.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import { importTensorFlow } from '@graftjs/test-utils';
import { errorOf, makeOptimizer, runCase, type Fixture } from './problem.js';

const hasTensorFlow = await importTensorFlow();
if (hasTensorFlow) registerNodeBackend();

const fixture = JSON.parse(
  readFileSync(
    fileURLToPath(new URL('../../../reference/fixtures/optimizers/keras.json', import.meta.url)),
    'utf8',
  ),
) as Fixture;

const ways = [
  { way: 'op by op on cpu', backend: 'cpu', runEagerly: true },
  { way: 'op by op on TensorFlow', backend: 'tensorflow', runEagerly: true },
  { way: 'as a TensorFlow graph', backend: 'tensorflow', runEagerly: false },
].filter(({ backend }) => hasTensorFlow || backend !== 'tensorflow');

describe.each(ways)('$way', ({ backend, runEagerly }) => {
  beforeAll(async () => void (await tf.setBackend(backend)));

  it.each(fixture.cases)('$name', async (c) => {
    const run = await runCase(fixture, c, makeOptimizer(c), { runEagerly });
    expect(run.engine.name).toBe(runEagerly ? 'eager' : 'graph');
    for (const [steps, expected] of Object.entries(c.weights)) {
      const error = errorOf(fixture, run.weights[steps] ?? [], expected);
      expect(error, `error after ${steps} steps`).toBeLessThan(1e-6);
    }
    if (!c.evaluation) return;
    expect(errorOf(fixture, run.evaluation, c.evaluation), 'evaluation').toBeLessThan(1e-6);
  });
});
