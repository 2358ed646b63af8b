// What is special to RMSprop: where ε stands, what centering divides by, its TensorFlow op, its errors.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { UpdateRule } from '@graftjs/core';
import '@graftjs/test-utils';
import { RMSprop, type RMSpropOptions } from './rms-prop.js';

it.each<[RMSpropOptions, number]>([
  [{}, 0.1 * 4],
  [{ centered: true }, 0.1 * 4 - (0.1 * 2) ** 2],
  [{ rho: 0.5, momentum: 0.9 }, 0.5 * 4],
])('with %o, divides its first step by the root of mean and ε', (options, mean) => {
  const w = tf.variable(tf.zeros([1]));
  const optimizer = new RMSprop({ learningRate: 0.5, epsilon: 0.25, ...options });
  optimizer.applyGradients({ [w.name]: tf.tensor1d([2]) });
  expect(w).toBeCloseToTensor([(-0.5 * 2) / Math.sqrt(mean + 0.25)], 1e-6);
});

it('keeps going by its momentum, in which the rate of then stands', () => {
  const w = tf.variable(tf.zeros([1]));
  const learningRate = (step: number) => (step === 0 ? 1 : 0);
  const optimizer = new RMSprop({ learningRate, momentum: 0.5, rho: 0, epsilon: 1e-12 });
  for (let step = 0; step < 3; step++) optimizer.applyGradients({ [w.name]: tf.tensor1d([3]) });
  expect(w).toBeCloseToTensor([-(1 + 0.5 + 0.25)], 1e-6);
});

const ruleOf = (optimizer: RMSprop) =>
  optimizer.ruleFor({ name: 'w', shape: [1] }, 'update') as UpdateRule;

it.each<[RMSpropOptions, string | undefined]>([
  [{}, undefined],
  [{ momentum: 0.9 }, 'ResourceApplyRMSProp'],
  [{ momentum: 0.9, centered: true }, undefined],
])('with %o, has the TensorFlow op %s', (options, op) => {
  expect(ruleOf(new RMSprop(options)).tensorflow?.ops[0]?.op).toBe(op);
});

it("makes up for the op's 1 − ρ in float32", () => {
  const rule = ruleOf(new RMSprop({ rho: 0.999, momentum: 0.9 }));
  const fresh = 1 - Math.fround(0.999);
  const { nativeRate = NaN, nativeEpsilon = NaN } = rule.scalars(0.1, 1, 1);
  const native = (nativeRate * 2) / Math.sqrt(fresh * 4 + nativeEpsilon);
  expect(native / ((0.1 * 2) / Math.sqrt((1 - 0.999) * 4 + 1e-7))).toBeCloseTo(1, 12);
  expect(rule.tensorflow?.slotScales?.velocity).toBeCloseTo(fresh / (1 - 0.999), 12);
});

it.each<[RMSpropOptions, string]>([
  [{ rho: 1 }, 'rho must be a number in [0, 1). Received: 1'],
  [{ momentum: -0.1 }, 'momentum must be a number in [0, 1). Received: -0.1'],
  [{ epsilon: 0 }, 'epsilon must be a number above 0. Received: 0'],
  [{ learningRate: -1 }, 'rate at step 0 must be a finite number ≥ 0. Received: -1'],
])('refuses %o', (options, message) => {
  expect(() => new RMSprop(options)).toThrow(message);
});
