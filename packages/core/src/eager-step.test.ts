import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { isRuleDriven } from './optimizer.js';
import { applyGradients, computeGradients, eagerStep } from './eager-step.js';
import type { StepProgram } from './training-step.js';

const variables: tf.Variable[] = [];
const variable = (value: number): tf.Variable => {
  const made = tf.variable(tf.scalar(value));
  variables.push(made);
  return made;
};
afterEach(() => tf.dispose(variables.splice(0)));

/** Loss w · Σ xs; its total is three times that. */
function program(w: tf.Variable, others: Partial<StepProgram> = {}): StepProgram {
  return {
    optimizer: tf.train.sgd(0.5),
    ...{ trainable: [w], states: [], constraints: [] },
    forward({ xs }) {
      const loss = tf.mul(w, tf.sum(xs)) as tf.Scalar;
      return { loss, totals: tf.reshape(tf.mul(loss, 3), [1]) };
    },
    ...others,
  };
}

const batch = () => ({ xs: tf.tensor1d([1, 2]), ys: tf.tensor1d([0, 0]) });

/** Number of tensors that `work` leaves, the batch aside. */
function left(work: (b: ReturnType<typeof batch>) => void): number {
  const before = tf.memory().numTensors;
  const b = batch();
  work(b);
  tf.dispose(b);
  return tf.memory().numTensors - before;
}

describe('eagerStep', () => {
  it('updates, then constrains, and leaves only the totals', () => {
    const w = variable(1);
    const constraints = [{ variable: w, apply: (x: tf.Tensor) => tf.maximum(x, -0.25) }];
    const step = eagerStep(program(w, { constraints }), 'a test');
    const count = left((b) => {
      const totals = step.run(b);
      expect(Array.from(totals.dataSync())).toEqual([9]);
      totals.dispose();
    });
    expect(w.dataSync()[0]).toBe(-0.25);
    expect(step.engine).toEqual({ name: 'eager', reason: 'a test' });
    expect(count).toBe(0);
  });

  it('leaves nothing where the forward pass, the gradients, or a constraint fail', () => {
    const fail = () => {
      throw new Error('no');
    };
    const w = variable(1);
    const failing: Partial<StepProgram>[] = [
      { forward: fail },
      // The loss does not depend on w.
      { forward: () => ({ loss: tf.scalar(1), totals: tf.tensor1d([1]) }) },
      { constraints: [{ variable: w, apply: fail }] },
    ];
    for (const others of failing) {
      const step = eagerStep(program(w, others), 'a test');
      expect(left((b) => expect(() => step.run(b)).toThrow())).toBe(0);
    }
  });
});

describe('the halves of a step', () => {
  it('leave out a variable that the loss does not depend on', () => {
    const [w, unused] = [variable(1), variable(5)];
    const both = program(w, { trainable: [unused, w] });
    const b = batch();
    const { totals, gradients } = computeGradients(both, b);
    expect(gradients.map((gradient) => gradient?.dataSync()[0])).toEqual([undefined, 3]);
    applyGradients(both, gradients);
    expect([w, unused].map((v) => v.dataSync()[0])).toEqual([-0.5, 5]);
    tf.dispose([totals, b.xs, b.ys, ...gradients.filter((g) => g !== undefined)]);
  });
});

it('isRuleDriven is false for the optimizers of tfjs', () => {
  expect(isRuleDriven(tf.train.adam())).toBe(false);
});
