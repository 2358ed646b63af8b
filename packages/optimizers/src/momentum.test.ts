// Momenta that are schedules; the numbers of torch's OneCycleLR stand in integration/src/optimizers.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UPDATE_KERNEL, type ElementwiseRule, type Rate } from '@graftjs/core';
import { oneCycle, oneCycleMomentum } from '@graftjs/schedules';
import {
  AdaBelief,
  Adam,
  Adamax,
  AdamW,
  Lamb,
  LARS,
  Lookahead,
  Muon,
  Nadam,
  optimizerFromConfig,
  RAdam,
  RMSprop,
  SGD,
  type RuleOptimizer,
} from './index.js';
import { registerUpdateKernel } from './kernels/cpu.js';
import { programOf } from './kernels/program.js';

let w: tf.Variable;
beforeEach(() => {
  w = tf.variable(tf.tensor2d([1, -2, 0.5, 3], [2, 2]), true, 'w');
});
afterEach(() => w.dispose());

function train(optimizer: RuleOptimizer, steps: number): number[] {
  w.assign(tf.tensor2d([1, -2, 0.5, 3], [2, 2]));
  for (let step = 0; step < steps; step++) {
    const gradient = [1, 2, 3, 4].map((i) => Math.sin(i + step));
    tf.tidy(() => optimizer.applyGradients({ w: tf.tensor2d(gradient, [2, 2]) }));
  }
  return Array.from(w.dataSync());
}

type Config = Record<string, unknown>;
type Make = (config: Config) => RuleOptimizer;
/** Every optimizer that has a momentum which may be a schedule, and how the option is called. */
const optimizers: [string, Make, 'momentum' | 'beta1'][] = [
  ['SGD', (config) => new SGD(config), 'momentum'],
  ['SGD with Nesterov', (config) => new SGD({ nesterov: true, ...config }), 'momentum'],
  ['RMSprop', (config) => new RMSprop(config), 'momentum'],
  ['LARS', (config) => new LARS({ weightDecay: 0.1, ...config }), 'momentum'],
  ['Muon', (config) => new Muon(config), 'momentum'],
  ['Adam', (config) => new Adam(config), 'beta1'],
  ['AMSGrad', (config) => new Adam({ amsgrad: true, ...config }), 'beta1'],
  ['AdamW', (config) => new AdamW(config), 'beta1'],
  ['Adamax', (config) => new Adamax(config), 'beta1'],
  ['Nadam', (config) => new Nadam(config), 'beta1'],
  ['RAdam', (config) => new RAdam({ beta2: 0.9, ...config }), 'beta1'],
  ['AdaBelief', (config) => new AdaBelief(config), 'beta1'],
  ['Lamb', (config) => new Lamb(config), 'beta1'],
];

describe.each(optimizers)('%s', (_, make, option) => {
  const withMomentum = (momentum: Rate, more: Config = {}) =>
    make({ learningRate: 0.1, [option]: momentum, ...more });

  it('is the same with a number and with a schedule that does not change', () => {
    const expected = train(withMomentum(0.8), 12);
    expect(
      train(
        withMomentum(() => 0.8),
        12,
      ),
    ).toEqual(expected);
    expect(
      train(
        withMomentum((step) => 0.8 - step / 100),
        12,
      ),
    ).not.toEqual(expected);
  });

  it('asks its schedule for the momentum of each step, as it does for the rate', () => {
    const steps = new Set<number>();
    const optimizer = withMomentum((step) => (steps.add(step), 0.5));
    steps.clear();
    train(optimizer, 4);
    expect([...steps]).toEqual([0, 1, 2, 3]);
  });

  it('asks for that of the step which updates where gradients are accumulated', () => {
    const seen: Record<'rate' | 'momentum', Set<number>> = { rate: new Set(), momentum: new Set() };
    const learningRate = (step: number) => (seen.rate.add(step), 0.1);
    const momentum = (step: number) => (seen.momentum.add(step), 0.5);
    const optimizer = withMomentum(momentum, { learningRate, gradientAccumulationSteps: 3 });
    seen.momentum.clear();
    train(optimizer, 6);
    expect([...seen.momentum]).toEqual([2, 5]);
    expect(seen.rate).toContain(5);
  });

  it('stays one rule in all steps: what changes is a number', () => {
    const optimizer = withMomentum((step) => 0.5 + step / 100);
    const rule = optimizer.ruleFor(w, 'update') as ElementwiseRule;
    const before = programOf(rule);
    train(optimizer, 3);
    expect(optimizer.ruleFor(w, 'update')).toBe(rule);
    expect(programOf(rule)).toBe(before);
    const [first, later] = [rule.scalars(0.1, 1, 1), rule.scalars(0.1, 2, 2)];
    expect(Object.keys(later)).toEqual(Object.keys(first));
    expect(later).not.toEqual(first);
  });

  it('is made again of its config, with the schedule', () => {
    const momentum = oneCycleMomentum({ steps: 20 });
    const optimizer = withMomentum(momentum, {
      learningRate: oneCycle({ maxRate: 0.2, steps: 20 }),
    });
    const json = JSON.parse(JSON.stringify(optimizer.getConfig())) as tf.serialization.ConfigDict;
    expect(json[option]).toEqual(momentum.config);
    const cls = optimizer.constructor as unknown as typeof Adam;
    const again = optimizerFromConfig(cls, json);
    expect(again.getConfig()).toEqual(optimizer.getConfig());
    expect(train(again, 20)).toEqual(train(optimizer, 20));
    expect(() => cls.fromConfig(cls as never, { ...json, learningRate: 1 })).toThrow(
      `config.${option} must be a number; optimizerFromConfig makes a schedule again of its config`,
    );
  });

  it('refuses a schedule that leaves [0, 1), before it counts or updates', () => {
    expect(() => withMomentum(() => 1)).toThrow(
      `${option} at step 0 must be a number in [0, 1). Received: 1`,
    );
    const optimizer = withMomentum((step) => 0.5 - step);
    const [after] = [train(optimizer, 1)];
    const next = () => tf.tidy(() => optimizer.applyGradients({ w: tf.ones([2, 2]) }));
    expect(next).toThrow(`${option} at step 1 must be a number in [0, 1). Received: -0.5`);
    expect(Array.from(w.dataSync())).toEqual(after);
    expect(optimizer.iterations).toBe(1);
    expect(optimizer.nextStep([w])).toMatchObject({ update: 2, ages: [2] });
  });
});

it('goes through the kernel of a backend with the same numbers', () => {
  const make = () =>
    new Adam({
      learningRate: oneCycle({ maxRate: 0.2, steps: 25 }),
      beta1: oneCycleMomentum({ steps: 25 }),
    });
  const composed = train(make(), 25);
  registerUpdateKernel();
  expect(tf.getKernel('GraftUpdate', 'cpu')).toBeDefined();
  try {
    for (const [i, value] of train(make(), 25).entries())
      expect(value).toBeCloseTo(composed[i]!, 5);
  } finally {
    tf.unregisterKernel(UPDATE_KERNEL, 'cpu');
  }
});

it('is made again within a wrapper', () => {
  tf.serialization.registerClass(SGD);
  const momentum = oneCycleMomentum({ steps: 20 });
  const optimizer = new Lookahead(new SGD({ momentum }));
  const json = JSON.parse(JSON.stringify(optimizer.getConfig())) as tf.serialization.ConfigDict;
  expect(optimizerFromConfig(Lookahead, json).getConfig()).toEqual(optimizer.getConfig());
});

it('that is a plain function is saved as null, and refused', () => {
  const config = new Adam({ beta1: (step) => 0.9 / (1 + step) }).getConfig();
  expect(config.beta1).toBeNull();
  expect(() => optimizerFromConfig(Adam, config)).toThrow(
    'config.beta1 must be a number or the config of a schedule; a plain function cannot be made again',
  );
});
