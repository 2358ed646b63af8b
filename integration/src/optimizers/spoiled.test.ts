// A gradient of NaN spoils its own variable, and no other weight or slot; a variable without gradient stays as it is.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eagerStep, stepCompiler } from '@graftjs/core';
import { waysOfSteps } from '../engines.js';
import { fixture } from './fixture.js';
import { batchAt, makeOptimizer, makeProgram, makeVariables, type Case } from './problem.js';

// Not those that measure all gradients together: global norms, Prodigy. SAM does, too, but here, where the loss is straight,
// the slope is the same wherever it goes.
const names = ['momentum', 'amsgrad', 'adamw', 'rmsprop', 'nadam', 'lamb', 'muon', 'clipnorm'];
const wrapped = ['ema-overwriting', 'accumulation', 'lookahead', 'sam', 'one-cycle-adam'];
const cases = fixture.cases.filter(({ name }) => [...names, ...wrapped].includes(name));

const STEPS = 9;
/** One that runs in the graph where there is one, and updates where every third one does. */
const SPOILED = 5;

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

/** The weights, then the slots, of each variable. The last variable is in no loss. */
function train(c: Case, runEagerly: boolean, spoiled: boolean): number[][][] {
  const variables = makeVariables(fixture);
  const unused = tf.variable(tf.ones([2, 2]), true, 'unused');
  const optimizer = makeOptimizer(c);
  const program = makeProgram(fixture, variables, optimizer);
  const all = { ...program, trainable: [...variables, unused] };
  const compiler = runEagerly ? undefined : stepCompiler(tf.getBackend());
  const step = compiler ? compiler(all) : eagerStep(all, 'asked for');
  for (let i = 0; i < STEPS; i++) {
    const { xs, ys } = batchAt(fixture, i);
    const values = numbers(xs);
    if (spoiled && i === SPOILED) values[0] = NaN;
    const given = tf.tensor2d(values, [1, values.length]);
    tf.dispose([step.run({ xs: given, ys }), xs, ys, given]);
  }
  step.synchronise();
  expect(step.engine.name).toBe(runEagerly ? 'eager' : 'graph');
  const seen = variables.map((v) => [v, ...optimizer.readSlots(v)].map(numbers));
  expect(numbers(unused)).toEqual([1, 1, 1, 1]);
  step.dispose();
  optimizer.dispose();
  tf.dispose([...variables, unused]);
  return seen;
}

describe.each(await waysOfSteps())('$way', ({ backend, runEagerly }) => {
  beforeAll(async () => expect(await tf.setBackend(backend)).toBe(true));

  it.each(cases)('$name', (c) => {
    const [[first, ...others], [clean, ...expected]] = [true, false].map((spoiled) =>
      train(c, runEagerly, spoiled),
    ) as [number[][][], number[][][]];
    expect(first?.[0]?.[0]).toBeNaN();
    expect(clean?.flat().every(Number.isFinite)).toBe(true);
    expect(others).toEqual(expected);
  });
});
