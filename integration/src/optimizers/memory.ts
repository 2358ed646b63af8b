// How much memory is in use in the course of a long run; runs in Node and in a browser.

import * as tf from '@tensorflow/tfjs-core';
import { eagerStep, stepCompiler } from '@graftjs/core';
import type { RuleOptimizer } from '@graftjs/optimizers';
import { batchAt, makeProgram, makeVariables, type Case, type Fixture } from './problem.js';

const STEPS = 200;

/** Where gradients are accumulated, every second or third step is another one: the same are compared. */
const PERIOD = 6;

/** The memory in use as steps go by, each amount once: one, where nothing is left behind. */
export async function memoryOver(
  fixture: Fixture,
  { curved = false }: Case,
  optimizer: RuleOptimizer,
  { runEagerly }: { runEagerly: boolean },
): Promise<string[]> {
  const variables = makeVariables(fixture);
  const program = makeProgram(fixture, variables, optimizer, curved);
  const compiler = runEagerly ? undefined : stepCompiler(tf.getBackend());
  const step = compiler ? compiler(program) : eagerStep(program, 'asked for');
  const amounts = new Set<string>();
  for (let i = 1; i <= STEPS; i++) {
    const batch = batchAt(fixture, i);
    const totals = step.run(batch);
    // A GPU frees what it has done with; before that it may hold more.
    await totals.data();
    tf.dispose([totals, batch.xs, batch.ys]);
    if (i % PERIOD === 0 && i > PERIOD) amounts.add(memoryInUse());
  }
  step.dispose();
  optimizer.dispose();
  tf.dispose(variables);
  return [...amounts];
}

/** Of tensors, and of textures or buffers where there is a GPU. */
function memoryInUse(): string {
  const { numTensors, numBytes, ...rest } = tf.memory();
  const { numBytesInGPU = 0 } = rest as { numBytesInGPU?: number };
  return `${numTensors} tensors, ${numBytes} bytes, ${numBytesInGPU} of them on the GPU`;
}
