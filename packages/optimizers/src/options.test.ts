// The options of every optimizer: what they refuse, which variables decay, groups, evaluation weights.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import type { UpdateRule } from '@graftjs/core';
import { Adam, AdamW, Muon, SGD, type OptimizerOptions, type RuleOptimizer } from './index.js';

let kernel: tf.Variable;
let bias: tf.Variable;
beforeEach(() => {
  kernel = tf.variable(tf.ones([2, 2]), true, 'head/kernel');
  bias = tf.variable(tf.ones([2]), true, 'head/bias');
});
afterEach(() => tf.dispose([kernel, bias]));

/** One step with the same gradient everywhere. */
function step(optimizer: RuleOptimizer, gradient: number, variables = [kernel, bias]): void {
  const list = variables.map(({ name, shape }) => ({ name, tensor: tf.fill(shape, gradient) }));
  optimizer.applyGradients(list);
  tf.dispose(list.map(({ tensor }) => tensor));
}

const first = (tensor: tf.Tensor): number => tensor.dataSync()[0] as number;

it.each<[OptimizerOptions, string]>([
  [{ weightDecay: -1 }, 'weightDecay must be a finite number ≥ 0. Received: -1'],
  [{ decays: 'biases' as never }, 'decays must be "kernels" or "all". Received: "biases"'],
  [{ clipnorm: 0 }, 'clipnorm must be a number above 0. Received: 0'],
  [{ clipvalue: NaN }, 'clipvalue must be a number above 0. Received: NaN'],
  [{ globalClipnorm: -2 }, 'globalClipnorm must be a number above 0. Received: -2'],
  [{ adaptiveClip: 0 }, 'adaptiveClip must be a number above 0. Received: 0'],
  [
    { clipnorm: 1, clipvalue: 2 },
    'clipvalue, clipnorm must be given one at a time. Received: {"clipvalue":2,"clipnorm":1}',
  ],
  [{ useEma: 1 as never }, 'useEma must be true or false. Received: 1'],
  [{ emaMomentum: 1.5 }, 'emaMomentum must be a number in [0, 1]. Received: 1.5'],
  [{ emaOverwriteFrequency: 0 }, 'emaOverwriteFrequency must be an integer ≥ 1. Received: 0'],
  [
    { gradientAccumulationSteps: 1 },
    'gradientAccumulationSteps must be an integer ≥ 2. Received: 1',
  ],
  [
    { groups: { a: { variables: 'x' as never } } },
    'groups.a.variables must be a list of names. Received: "x"',
  ],
  [
    { groups: { a: { variables: [], rateMultiplier: -1 } } },
    'groups.a.rateMultiplier must be a finite number ≥ 0. Received: -1',
  ],
  [
    { groups: { a: { variables: [], weightDecay: NaN } } },
    'groups.a.weightDecay must be a finite number ≥ 0. Received: NaN',
  ],
  [
    { groups: { a: { variables: [], frozen: 1 as never } } },
    'groups.a.frozen must be true or false. Received: 1',
  ],
])('refuses %o', (options, message) => {
  expect(() => new SGD(options)).toThrow(message);
});

it('refuses AdamW without a decay', () => {
  expect(() => new AdamW({ weightDecay: null })).toThrow(
    'weightDecay must be a number. Received: null',
  );
});

describe('weight decay', () => {
  it.each<[OptimizerOptions['decays'], number]>([
    [undefined, 1],
    ['kernels', 1],
    ['all', 0.95],
  ])('with decays: %s, takes a bias from 1 to %f', (decays, expected) => {
    const options = { learningRate: 0.5, weightDecay: 0.1, ...(decays && { decays }) };
    step(new SGD(options), 0);
    expect(first(kernel)).toBeCloseTo(0.95, 6);
    expect(first(bias)).toBeCloseTo(expected, 6);
  });

  it('is that of its group, for a bias as well', () => {
    const groups = { a: { variables: ['head'], weightDecay: 0.4 } };
    step(new SGD({ learningRate: 0.5, weightDecay: 0.1, groups }), 0);
    expect([kernel, bias].map(first)).toEqual([expect.closeTo(0.8), expect.closeTo(0.8)]);
  });

  it('is none in a group that says null', () => {
    const groups = { a: { variables: ['head/kernel'], weightDecay: null } };
    step(new SGD({ learningRate: 0.5, weightDecay: 0.1, decays: 'all', groups }), 0);
    expect([kernel, bias].map(first)).toEqual([1, expect.closeTo(0.95)]);
  });

  it('multiplies by (1 − η·λ) in each step, whatever these are', () => {
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fraction, fraction, (learningRate, weightDecay) => {
        kernel.assign(tf.ones([2, 2]));
        const optimizer = new Adam({ learningRate, weightDecay });
        for (let i = 0; i < 3; i++) step(optimizer, 0, [kernel]);
        expect(first(kernel)).toBeCloseTo((1 - learningRate * weightDecay) ** 3, 5);
        optimizer.dispose();
      }),
    );
  });
});

describe('groups', () => {
  it('multiply the rate', () => {
    const groups = { slow: { variables: ['head/bias'], rateMultiplier: 0.1 } };
    step(new SGD({ learningRate: 0.5, groups }), 1);
    expect([kernel, bias].map(first)).toEqual([expect.closeTo(0.5), expect.closeTo(0.95)]);
  });

  it('leave variables and slots as they are, and let them go on later', async () => {
    const optimizer = new SGD({ learningRate: 0.5, momentum: 0.5 });
    step(optimizer, 1);
    optimizer.groups = { resting: { variables: ['head/bias'], frozen: true } };
    step(optimizer, 1);
    expect([kernel, bias].map(first)).toEqual([expect.closeTo(-0.25), 0.5]);
    expect(optimizer.readSlots(bias).map(first)).toEqual([-0.5]);
    optimizer.groups = {};
    step(optimizer, 1);
    // From its own momentum of −0.5.
    expect(first(bias)).toBeCloseTo(0.5 - 0.75, 6);
  });

  it('take a layer by its whole name only', () => {
    const other = tf.variable(tf.ones([2]), true, 'header/bias');
    const groups = { a: { variables: ['head'], frozen: true } };
    step(new SGD({ learningRate: 0.5, groups }), 1, [kernel, bias, other]);
    expect([kernel, bias, other].map(first)).toEqual([1, 1, 0.5]);
    other.dispose();
  });

  it('are checked when they are set, and stay as they were', () => {
    const optimizer = new SGD();
    expect(() => (optimizer.groups = { a: { variables: [], rateMultiplier: NaN } })).toThrow(
      'groups.a.rateMultiplier must be',
    );
    expect(optimizer.groups).toEqual({});
  });

  it('give variables that are updated alike the same rule', () => {
    const groups = { slow: { variables: ['a', 'b'], rateMultiplier: 0.1 } };
    const optimizer = new Adam({ weightDecay: 0.1, groups });
    const rule = (name: string, shape = [2, 2]) => optimizer.ruleFor({ name, shape }, 'update');
    expect(rule('a/kernel')).toBe(rule('b/kernel'));
    expect(rule('c/kernel')).toBe(rule('d/kernel'));
    expect(rule('a/kernel')).not.toBe(rule('c/kernel'));
    expect(rule('a/kernel')).not.toBe(rule('a/bias', [2]));
  });
});

describe('accumulated gradients', () => {
  it('make one update of their mean', () => {
    const optimizer = new SGD({ learningRate: 1, gradientAccumulationSteps: 3 });
    for (const gradient of [3, 6]) step(optimizer, gradient);
    expect(first(kernel)).toBe(1);
    step(optimizer, 9);
    expect(first(kernel)).toBeCloseTo(-5, 6);
    expect(optimizer.readSlots(kernel).map(first)).toEqual([0]);
  });

  it('are forgotten after a NaN', () => {
    const optimizer = new SGD({ learningRate: 1, gradientAccumulationSteps: 2 });
    step(optimizer, NaN);
    step(optimizer, 1);
    expect(optimizer.readSlots(kernel).map(first)).toEqual([0]);
    kernel.assign(tf.ones([2, 2]));
    for (const gradient of [1, 1]) step(optimizer, gradient);
    expect(first(kernel)).toBe(0);
  });

  it('say which steps update', () => {
    const optimizer = new SGD({ gradientAccumulationSteps: 2 });
    const steps = [1, 2, 3].map(() => {
      const step = optimizer.nextStep([kernel]);
      optimizer.advance([kernel]);
      return step;
    });
    expect(optimizer.phases).toEqual(['accumulate', 'update']);
    expect(steps.map(({ phase, update, ages }) => [phase, update, ...ages])).toEqual([
      ['accumulate', 1, 1],
      ['update', 1, 1],
      ['accumulate', 2, 2],
    ]);
    optimizer.dispose();
  });
});

describe('the moving average', () => {
  const make = () => new SGD({ learningRate: 1, useEma: true, emaMomentum: 0.5 });

  it('is there while the model is evaluated', async () => {
    const optimizer = make();
    // Weights 0, −1; averages 0, −0.5.
    for (let i = 0; i < 2; i++) step(optimizer, 1);
    await expectNoLeak(async () => {
      expect(await optimizer.evaluating(() => first(kernel))).toBeCloseTo(-0.5, 6);
      expect(first(kernel)).toBe(-1);
      await expect(
        optimizer.evaluating(() => Promise.reject(new Error('the work failed'))),
      ).rejects.toThrow('the work failed');
    });
    expect(first(kernel)).toBe(-1);
    optimizer.finalize();
    expect([kernel, bias].map(first)).toEqual([-0.5, -0.5]);
  });

  it('of an optimizer without one leaves the weights', async () => {
    const optimizer = new SGD({ learningRate: 1 });
    step(optimizer, 1);
    expect(await optimizer.evaluating(() => first(kernel))).toBe(0);
    optimizer.finalize();
    expect(first(kernel)).toBe(0);
  });
});

it('matrices of Muon have other slots than vectors, and other decay', async () => {
  const optimizer = new Muon({ weightDecay: 0.1, adamWeightDecay: 0.2, decays: 'all' });
  const rules = [kernel, bias].map((v) => optimizer.ruleFor(v, 'update') as UpdateRule);
  expect(rules.map(({ slots }) => slots)).toEqual([['momentum'], ['momentum', 'velocity']]);
  expect(rules.map((rule) => rule.scalars(1, 1, 1).decay)).toEqual([0.1, 0.2]);
  step(optimizer, 1);
  const again = new Muon();
  await again.setWeights(await optimizer.getWeights());
  expect(again.readSlots(bias).map(first)).toEqual(optimizer.readSlots(bias).map(first));
  const iter = { name: 'iter', tensor: tf.scalar(1, 'int32') };
  const weights = [iter, { name: 'head/kernel/velocity', tensor: tf.ones([2, 2]) }];
  await expect(again.setWeights(weights)).rejects.toThrow(
    '(Adam: momentum, velocity; or momentum)',
  );
});

it('says which slots do not fit the variable', async () => {
  const optimizer = new Muon();
  const iter = { name: 'iter', tensor: tf.scalar(1, 'int32') };
  await optimizer.setWeights([iter, { name: 'head/bias/momentum', tensor: tf.ones([2]) }]);
  expect(() => step(optimizer, 1, [bias])).toThrow(
    'the saved state of head/bias has the slots momentum; variable head/bias has momentum, velocity',
  );
});
