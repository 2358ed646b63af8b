// The same tests for every optimizer; what is special to one stands in its own file.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import type { Algebra, Rate } from '@graftjs/core';
import * as exported from './index.js';
import type { RuleOptimizer } from './index.js';

const { Adam, RMSprop, SGD } = exported;

type Config = Record<string, unknown> & { learningRate?: Rate };

/** Every optimizer, in each form whose rule differs. */
const optimizers: [string, new (config: Config) => RuleOptimizer, Config][] = [
  ['SGD', SGD, {}],
  ['SGD with momentum', SGD, { momentum: 0.9 }],
  ['SGD with Nesterov', SGD, { momentum: 0.9, nesterov: true }],
  ['Adam', Adam, {}],
  ['Adam with own settings', Adam, { beta1: 0.5, beta2: 0.9, epsilon: 1e-3 }],
  ['RMSprop', RMSprop, {}],
  ['RMSprop with momentum', RMSprop, { momentum: 0.9 }],
  ['RMSprop, centered', RMSprop, { centered: true, epsilon: 1e-3 }],
  ['RMSprop, centered, with momentum', RMSprop, { rho: 0.8, momentum: 0.5, centered: true }],
];

it('covers every exported optimizer', () => {
  const classes = Object.values(exported).filter((value) => 'className' in value);
  expect(new Set(optimizers.map(([, cls]) => cls))).toEqual(new Set(classes));
});

let w: tf.Variable;
let v: tf.Variable;
beforeEach(() => {
  w = tf.variable(tf.tensor1d([1, -2, 0.5]), true, 'w');
  v = tf.variable(tf.scalar(3), true, 'v');
});
afterEach(() => tf.dispose([w, v]));

/** Gradient of w at a step: of every size, one always 0. */
const gradientAt = (step: number): number[] => [Math.sin(step + 1), 100 * Math.cos(step), 0];

function apply(optimizer: RuleOptimizer, values: Record<string, number[] | number | null>): void {
  const gradients = Object.entries(values).map(([name, value]) => ({
    name,
    tensor: (value === null ? null : tf.tensor(value)) as tf.Tensor,
  }));
  optimizer.applyGradients(gradients);
  tf.dispose(gradients.map(({ tensor }) => tensor));
}

const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());

async function slotsOf(optimizer: RuleOptimizer): Promise<Record<string, number[]>> {
  const weights = await optimizer.getWeights();
  const named = Object.fromEntries(weights.map(({ name, tensor }) => [name, numbers(tensor)]));
  weights[0]?.tensor.dispose();
  return named;
}

const float64: Algebra<number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  square: (a) => a * a,
  sqrt: Math.sqrt,
};

describe.each(optimizers)('%s', (_, Optimizer, config) => {
  const make = (more: Config = {}): RuleOptimizer =>
    new Optimizer({ learningRate: 0.1, ...config, ...more });

  it('follows its rule in float64 for 25 steps', () => {
    const learningRate = (step: number) => 0.1 / (1 + step);
    const optimizer = make({ learningRate });
    const { rule } = optimizer;
    const expected = numbers(w);
    const slots = expected.map(() => Object.fromEntries(rule.slots.map((slot) => [slot, 0])));
    for (let step = 0; step < 25; step++) {
      const gradient = gradientAt(step);
      apply(optimizer, { w: gradient });
      const scalars = rule.scalars(learningRate(step), step + 1);
      for (const [i, weight] of expected.entries()) {
        const inputs = { weight, gradient: gradient[i] as number, slots: slots[i]!, scalars };
        const next = rule.update(float64, inputs);
        expected[i] = next.weight;
        slots[i] = next.slots;
      }
    }
    expect(w).toBeCloseToTensor(expected, 1e-6);
    for (const [k, slot] of rule.slots.entries()) {
      expect(optimizer.readSlots(w)[k]).toBeCloseToTensor(
        slots.map((s) => s[slot] as number),
        1e-6,
      );
    }
    expect(optimizer.iterations).toBe(25);
  });

  it('gives each update the rate of its step', () => {
    const steps: number[] = [];
    const optimizer = make({ learningRate: (step) => (steps.push(step), 0.1) });
    steps.length = 0;
    for (let step = 0; step < 3; step++) apply(optimizer, { w: gradientAt(step) });
    expect(steps).toEqual([0, 1, 2]);
  });

  it('names its slots after variables, and counts updates', async () => {
    const optimizer = make();
    apply(optimizer, { w: gradientAt(0), v: 1 });
    const { slots } = optimizer.rule;
    expect(Object.keys(await slotsOf(optimizer))).toEqual([
      'iter',
      ...['w', 'v'].flatMap((name) => slots.map((slot) => `${name}/${slot}`)),
    ]);
    expect((await slotsOf(optimizer)).iter).toEqual([1]);
  });

  it('skips a variable without gradient', async () => {
    const optimizer = make();
    apply(optimizer, { w: gradientAt(0), v: null });
    expect(numbers(v)).toEqual([3]);
    expect(Object.keys(await slotsOf(optimizer)).some((name) => name.startsWith('v/'))).toBe(false);
  });

  it('keeps a NaN to the values whose gradient it is', async () => {
    const [spoiled, clean] = [make(), make()];
    apply(spoiled, { w: [NaN, 1, 1], v: 1 });
    const values = { w: numbers(w), v: numbers(v), slots: await slotsOf(spoiled) };
    w.assign(tf.tensor1d([1, -2, 0.5]));
    v.assign(tf.scalar(3));
    apply(clean, { w: [1, 1, 1], v: 1 });
    expect(values.w[0]).toBeNaN();
    expect(values.w.slice(1)).toEqual(numbers(w).slice(1));
    expect(values.v).toEqual(numbers(v));
    for (const [name, expected] of Object.entries(await slotsOf(clean))) {
      expect(values.slots[name]?.slice(-1)).toEqual(expected.slice(-1));
    }
  });

  it('resumes exactly from getWeights and setWeights', async () => {
    const [first, second] = [make(), make()];
    for (let step = 0; step < 3; step++) apply(first, { w: gradientAt(step), v: step });
    const saved = await first.getWeights();
    const start = [numbers(w), numbers(v)] as const;
    await second.setWeights(saved);
    for (let step = 3; step < 6; step++) apply(first, { w: gradientAt(step), v: step });
    const expected = { w: numbers(w), v: numbers(v), ...(await slotsOf(first)) };
    w.assign(tf.tensor1d(start[0]));
    v.assign(tf.scalar(start[1][0] as number));
    for (let step = 3; step < 6; step++) apply(second, { w: gradientAt(step), v: step });
    expect({ w: numbers(w), v: numbers(v), ...(await slotsOf(second)) }).toEqual(expected);
  });

  it('round-trips through JSON', () => {
    const optimizer = make();
    const json = JSON.parse(JSON.stringify(optimizer.getConfig())) as tf.serialization.ConfigDict;
    expect(json).toMatchObject({ learningRate: 0.1, ...config });
    const cls = Optimizer as unknown as tf.serialization.SerializableConstructor<RuleOptimizer>;
    const again = (Optimizer as unknown as typeof Adam).fromConfig(cls, json);
    expect(again).toBeInstanceOf(Optimizer);
    expect(again.getConfig()).toEqual(optimizer.getConfig());
    const [a, b] = [optimizer, again].map(({ rule }) => rule.scalars(0.1, 3));
    expect(b).toEqual(a);
  });

  it('can be registered with tf.serialization', () => {
    tf.serialization.registerClass(Optimizer as unknown as typeof Adam);
    const found = tf.serialization.SerializationMap.getMap().classNameMap[make().getClassName()];
    expect(found?.[0]).toBe(Optimizer);
  });

  it('leaks no tensor in an update, and keeps none once it is disposed', async () => {
    await expectNoLeak(async () => {
      const [optimizer, other] = [make(), make()];
      apply(optimizer, { w: gradientAt(0), v: 1 });
      await expectNoLeak(() => apply(optimizer, { w: gradientAt(1), v: null }));
      const saved = await optimizer.getWeights();
      await other.setWeights(saved);
      await other.setWeights(saved);
      apply(other, { w: gradientAt(1) });
      tf.dispose([saved[0]?.tensor as tf.Tensor]);
      optimizer.dispose();
      other.dispose();
    });
  });

  it('keeps its slots when layers are unfrozen and the model compiled again, in stock fit', async () => {
    const { dense } = layers.layers;
    const base = dense({ units: 2, inputShape: [2], name: 'base', trainable: false });
    const model = layers.sequential({ layers: [base, dense({ units: 1, name: 'head' })] });
    const optimizer = make();
    const update = optimizer.applyGradients.bind(optimizer);
    let seen: number[] = [];
    vi.spyOn(optimizer, 'applyGradients').mockImplementation((list) => {
      const head = (list as { name: string; tensor: tf.Tensor }[]).find(({ name }) =>
        name.startsWith('head/kernel'),
      );
      seen = numbers(head?.tensor as tf.Tensor);
      update(list);
    });
    const [xs, ys] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[5]])];
    const train = async () => {
      model.compile({ optimizer, loss: 'meanSquaredError' });
      await model.fit(xs, ys, { epochs: 1, verbose: 0 });
    };
    const kernel = model.layers[1]?.weights[0]?.read() as tf.Variable;
    await train();
    const before = optimizer.readSlots(kernel).map(numbers);
    expect(Object.keys(await slotsOf(optimizer))).toHaveLength(1 + 2 * before.length);

    base.trainable = true;
    await train();
    expect(Object.keys(await slotsOf(optimizer))).toHaveLength(1 + 4 * before.length);
    const { rule } = optimizer;
    const slots = Object.fromEntries(rule.slots.map((slot, k) => [slot, before[k]?.[0] as number]));
    const inputs = { weight: 0, gradient: seen[0] as number, slots, scalars: rule.scalars(0.1, 2) };
    const next = rule.update(float64, inputs);
    for (const [k, slot] of rule.slots.entries()) {
      const [value = NaN] = numbers(optimizer.readSlots(kernel)[k] as tf.Tensor);
      expect(value / (next.slots[slot] as number)).toBeCloseTo(1, 5);
    }
    model.dispose();
    tf.dispose([xs, ys]);
  });
});
