// The same tests for every optimizer and wrapper; what is special to one stands in its own file, and the numbers of Keras
// and others in integration/src/optimizers.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import type { Algebra, Rate, TensorAlgebra, UpdateRule } from '@graftjs/core';
import * as exported from './index.js';
import type { RuleOptimizer } from './index.js';

const { AdaBelief, Adadelta, Adafactor, Adagrad, Adam, Adamax, AdamW, Ftrl, Lamb, LARS } = exported;
const { Lion, Lookahead, Muon, Nadam, Prodigy, RAdam, RMSprop, SAM, ScheduleFreeAdamW } = exported;
const { SGD } = exported;

type Config = Record<string, unknown> & { learningRate?: Rate };
type Make = (config: Config) => RuleOptimizer;

const of =
  (Optimizer: new (config: Config) => RuleOptimizer): Make =>
  (config) =>
    new Optimizer(config);

/** Every optimizer, in each form whose rule differs. */
const optimizers: [string, Make, Config][] = [
  ['SGD', of(SGD), {}],
  ['SGD with momentum', of(SGD), { momentum: 0.9 }],
  ['SGD with Nesterov', of(SGD), { momentum: 0.9, nesterov: true }],
  ['Adam', of(Adam), {}],
  ['Adam with own settings', of(Adam), { beta1: 0.5, beta2: 0.9, epsilon: 1e-3 }],
  ['Adam with AMSGrad', of(Adam), { beta2: 0.9, amsgrad: true }],
  ['AdamW', of(AdamW), { weightDecay: 0.1, decays: 'all' }],
  ['RMSprop', of(RMSprop), {}],
  ['RMSprop with momentum', of(RMSprop), { momentum: 0.9 }],
  ['RMSprop, centered', of(RMSprop), { centered: true, epsilon: 1e-3 }],
  ['RMSprop, centered, with momentum', of(RMSprop), { rho: 0.8, momentum: 0.5, centered: true }],
  ['Adagrad', of(Adagrad), {}],
  ['Adadelta', of(Adadelta), {}],
  ['Adamax', of(Adamax), {}],
  ['Nadam', of(Nadam), {}],
  ['Lion', of(Lion), {}],
  ['RAdam', of(RAdam), { beta2: 0.9 }],
  ['AdaBelief', of(AdaBelief), {}],
  ['Ftrl', of(Ftrl), { l1RegularizationStrength: 1e-3, beta: 0.1 }],
  ['Lamb', of(Lamb), {}],
  ['LARS', of(LARS), { weightDecay: 0.1, decays: 'all' }],
  ['LARS, of what does not decay', of(LARS), { nesterov: true }],
  ['Adafactor', of(Adafactor), {}],
  ['Muon', of(Muon), {}],
  ['ScheduleFreeAdamW', of(ScheduleFreeAdamW), { warmupSteps: 3 }],
  ['Prodigy', of(Prodigy), { d0: 0.1 }],
  ['all options', of(SGD), { momentum: 0.9, weightDecay: 0.1, useEma: true, globalClipnorm: 9 }],
  ['an average that overwrites', of(Nadam), { useEma: true, emaOverwriteFrequency: 2 }],
  ['accumulated gradients', of(Adam), { gradientAccumulationSteps: 2, adaptiveClip: 0.5 }],
  ['Lookahead', (config) => new Lookahead(new Adam(config), { syncPeriod: 2 }), {}],
  ['SAM', (config) => new SAM(new SGD({ ...config, momentum: 0.9 })), {}],
  ['SAM of Lookahead', (config) => new SAM(new Lookahead(new Lion(config))), {}],
];

it('covers every exported optimizer', () => {
  const classes = Object.values(exported).filter((value) => 'className' in value);
  const covered = optimizers.map(([, make]) => make({ learningRate: 0.1 }).constructor);
  expect(new Set(covered)).toEqual(new Set(classes));
});

let w: tf.Variable;
let v: tf.Variable;
let m: tf.Variable;
const start = { w: [1, -2, 0.5], v: [3], m: [1, 2, 3, 4, -5, 6] };
beforeEach(() => {
  w = tf.variable(tf.tensor1d(start.w), true, 'w');
  v = tf.variable(tf.scalar(3), true, 'v');
  m = tf.variable(tf.tensor2d(start.m, [2, 3]), true, 'm');
});
afterEach(() => tf.dispose([w, v, m]));

function reset(): void {
  w.assign(tf.tensor1d(start.w));
  v.assign(tf.scalar(3));
  m.assign(tf.tensor2d(start.m, [2, 3]));
}

/** Gradient of w at a step: of every size, one always 0. */
const gradientAt = (step: number): number[] => [Math.sin(step + 1), 100 * Math.cos(step), 0];
const matrixAt = (step: number): number[] => start.m.map((x, i) => Math.cos(x + step * (i + 1)));
const gradientsAt = (step: number) => ({ w: gradientAt(step), v: step - 1, m: matrixAt(step) });

function apply(optimizer: RuleOptimizer, values: Record<string, number[] | number | null>): void {
  const gradients = Object.entries(values).map(([name, value]) => ({
    name,
    tensor: (value === null
      ? null
      : tf.tensor(value, tf.engine().registeredVariables[name]?.shape)) as tf.Tensor,
  }));
  optimizer.applyGradients(gradients);
  tf.dispose(gradients.map(({ tensor }) => tensor));
}

const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());
const weights = () => ({ w: numbers(w), v: numbers(v), m: numbers(m) });

async function slotsOf(optimizer: RuleOptimizer): Promise<Record<string, number[]>> {
  const all = await optimizer.getWeights();
  const named = Object.fromEntries(all.map(({ name, tensor }) => [name, numbers(tensor)]));
  all[0]?.tensor.dispose();
  return named;
}

const ruleOf = (optimizer: RuleOptimizer, variable: tf.Variable, phase = 'update' as const) =>
  optimizer.ruleFor(variable, phase) as UpdateRule;

const elementwise: Algebra<number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  square: (a) => a * a,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  maximum: Math.max,
  minimum: Math.min,
  pow: Math.pow,
  zerosLike: () => 0,
};
/** Float64. What a rule that says it is elementwise must not use is not there. */
const float64 = elementwise as TensorAlgebra<number>;

/** A rule's slots at first, for one value of the weight. */
function firstSlots({ slots, initial }: UpdateRule, weight: number): Record<string, number> {
  const first = (slot: string): number => {
    const value = initial?.[slot] ?? 0;
    return value === 'weight' ? weight : value;
  };
  return Object.fromEntries(slots.map((slot) => [slot, first(slot)]));
}

describe.each(optimizers)('%s', (title, create, config) => {
  const make = (more: Config = {}): RuleOptimizer =>
    create({ learningRate: 0.1, ...config, ...more });
  /** Steps until the optimizer has updated. */
  const cycle = Number(config.gradientAccumulationSteps ?? 1);
  const probe = make();
  // One that clips, or takes gradients together, is no expression of one value.
  const isElementwise =
    ruleOf(probe, { name: 'w', shape: [3] } as tf.Variable).elementwise &&
    cycle === 1 &&
    config.globalClipnorm === undefined;

  if (isElementwise) {
    it('follows its rule in float64 for 25 steps', () => {
      const learningRate = (step: number) => 0.1 / (1 + step);
      const optimizer = make({ learningRate });
      const rule = ruleOf(optimizer, w);
      const expected = numbers(w);
      const slots = expected.map((weight) => firstSlots(rule, weight));
      for (let step = 0; step < 25; step++) {
        const gradient = gradientAt(step);
        apply(optimizer, { w: gradient });
        const scalars = rule.scalars(learningRate(step), step + 1, step + 1);
        for (const [i, weight] of expected.entries()) {
          const inputs = { weight, gradient: gradient[i] as number, slots: slots[i]!, scalars };
          const next = rule.update(float64, { ...inputs, shape: [3], shared: {} });
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
  }

  it('gives each step its rate', () => {
    const steps: number[] = [];
    const optimizer = make({ learningRate: (step) => (steps.push(step), 0.1) });
    steps.length = 0;
    for (let step = 0; step < 3; step++) apply(optimizer, { w: gradientAt(step) });
    expect(steps).toEqual([0, 1, 2]);
  });

  it('names its slots after variables, and counts steps', async () => {
    const optimizer = make();
    apply(optimizer, gradientsAt(0));
    const names = ['w', 'v', 'm'].flatMap((name) => {
      const variable = tf.engine().registeredVariables[name] as tf.Variable;
      return ruleOf(optimizer, variable).slots.map((slot) => `${name}/${slot}`);
    });
    expect(Object.keys(await slotsOf(optimizer))).toEqual(['iter', ...names]);
    expect((await slotsOf(optimizer)).iter).toEqual([1]);
  });

  it('skips a variable without gradient', async () => {
    const optimizer = make();
    for (let i = 0; i < cycle; i++) apply(optimizer, { w: gradientAt(0), v: null });
    expect(numbers(v)).toEqual([3]);
    expect(numbers(w)).not.toEqual(start.w);
    expect(Object.keys(await slotsOf(optimizer)).some((name) => name.startsWith('v/'))).toBe(false);
  });

  it('keeps a NaN to the values whose gradient it is, or to what is measured with them', async () => {
    const [spoiled, clean] = [make(), make()];
    for (let i = 0; i < cycle; i++) apply(spoiled, { w: [NaN, 1, 1], v: 1, m: matrixAt(0) });
    const [values, slots] = [weights(), await slotsOf(spoiled)];
    reset();
    for (let i = 0; i < cycle; i++) apply(clean, { w: [1, 1, 1], v: 1, m: matrixAt(0) });
    // The sign of NaN is 0 in tfjs.
    if (!title.includes('Lion') && !title.includes('SAM of')) expect(values.w[0]).toBeNaN();
    if (config.globalClipnorm !== undefined || title === 'Prodigy') return;
    expect({ v: values.v, m: values.m }).toEqual({ v: numbers(v), m: numbers(m) });
    const expected = Object.entries(await slotsOf(clean));
    const others = expected.filter(([name]) => !name.startsWith('w/'));
    for (const [name, slot] of others) expect(slots[name]).toEqual(slot);
    if (!isElementwise) return;
    expect(values.w.slice(1)).toEqual(numbers(w).slice(1));
    for (const [name, slot] of expected) expect(slots[name]?.slice(-1)).toEqual(slot.slice(-1));
  });

  it('resumes exactly from getWeights and setWeights', async () => {
    const [first, second] = [make(), make()];
    for (let step = 0; step < 3; step++) apply(first, gradientsAt(step));
    const saved = await first.getWeights();
    const before = weights();
    await second.setWeights(saved);
    for (let step = 3; step < 6; step++) apply(first, gradientsAt(step));
    const expected = { ...weights(), ...(await slotsOf(first)) };
    w.assign(tf.tensor1d(before.w));
    v.assign(tf.scalar(before.v[0] as number));
    m.assign(tf.tensor2d(before.m, [2, 3]));
    for (let step = 3; step < 6; step++) apply(second, gradientsAt(step));
    expect({ ...weights(), ...(await slotsOf(second)) }).toEqual(expected);
  });

  it('resumes exactly with variables of other names', async () => {
    const [first, second] = [make(), make()];
    for (let step = 0; step < 3; step++) apply(first, gradientsAt(step));
    const renamed = { a: w, b: v, c: m };
    const others = Object.entries(renamed).map(([name, from]) =>
      tf.variable(from as tf.Tensor, true, name),
    );
    await second.setWeights(await first.getWeights());
    for (let step = 3; step < 6; step++) {
      const gradients = gradientsAt(step);
      apply(first, gradients);
      apply(second, { a: gradients.w, b: gradients.v, c: gradients.m });
    }
    expect(others.map(numbers)).toEqual([w, v, m].map(numbers));
    tf.dispose(others);
  });

  it('round-trips through JSON', () => {
    for (const cls of [Adam, Lion, Lookahead, SGD]) {
      tf.serialization.registerClass(cls as unknown as typeof Adam);
    }
    const optimizer = make();
    const json = JSON.parse(JSON.stringify(optimizer.getConfig())) as tf.serialization.ConfigDict;
    const cls = optimizer.constructor as unknown as typeof Adam;
    const again = cls.fromConfig(
      cls as unknown as tf.serialization.SerializableConstructor<RuleOptimizer>,
      json,
    );
    expect(again.constructor).toBe(cls);
    expect(again.getConfig()).toEqual(optimizer.getConfig());
    expect(again.learningRate).toBe(0.1);
    for (const variable of [w, m]) {
      const [a, b] = [optimizer, again].map((one) => ruleOf(one, variable).scalars(0.1, 3, 3));
      expect(b).toEqual(a);
    }
    for (let i = 0; i < 2 * cycle; i++) apply(optimizer, gradientsAt(i));
    const expected = weights();
    reset();
    for (let i = 0; i < 2 * cycle; i++) apply(again, gradientsAt(i));
    expect(weights()).toEqual(expected);
  });

  it('can be registered with tf.serialization', () => {
    const cls = probe.constructor;
    tf.serialization.registerClass(cls as unknown as typeof Adam);
    const found = tf.serialization.SerializationMap.getMap().classNameMap[probe.getClassName()];
    expect(found?.[0]).toBe(cls);
  });

  it('leaks no tensor in 200 steps, and keeps none once it is disposed', async () => {
    await expectNoLeak(async () => {
      const [optimizer, other] = [make(), make()];
      for (let step = 0; step < cycle; step++) apply(optimizer, gradientsAt(step));
      await expectNoLeak(() => {
        for (let step = 0; step < 200; step++) apply(optimizer, gradientsAt(step));
      });
      await expectNoLeak(() => apply(optimizer, { w: gradientAt(1), v: null }));
      await expectNoLeak(() => optimizer.evaluating(() => undefined));
      await expectNoLeak(() => optimizer.finalize());
      const saved = await optimizer.getWeights();
      await other.setWeights(saved);
      await other.setWeights(saved);
      apply(other, { w: gradientAt(1) });
      tf.dispose([saved[0]?.tensor as tf.Tensor]);
      optimizer.dispose();
      other.dispose();
    });
  });

  it('never changes a clone of a weight or of a slot', async () => {
    const optimizer = make();
    const clones = [w, v, m].map((variable) => tf.clone<tf.Tensor>(variable));
    const before = clones.map(numbers);
    apply(optimizer, gradientsAt(0));
    const slots = (await optimizer.getWeights()).map(({ tensor }) => tf.clone(tensor));
    const slotsBefore = slots.map(numbers);
    for (let step = 1; step < 5; step++) apply(optimizer, gradientsAt(step));
    expect(clones.map(numbers)).toEqual(before);
    expect(slots.map(numbers)).toEqual(slotsBefore);
    tf.dispose([...clones, ...slots]);
  });

  it('leaves a weight where its gradient is 0 and nothing decays', () => {
    // The weight of Ftrl is made of its sums alone, which are 0.
    if (title === 'Ftrl') return;
    const real = fc.double({ min: -100, max: 100, noNaN: true });
    const values = fc.array(real, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 5 }), (initial, steps) => {
        w.assign(tf.tensor1d(initial));
        const optimizer = make({ weightDecay: config.weightDecay === undefined ? null : 0 });
        for (let step = 0; step < steps; step++) apply(optimizer, { w: [0, 0, 0] });
        expect(w).toBeCloseToTensor(tf.tensor1d(initial), 1e-6);
        optimizer.dispose();
      }),
      { numRuns: 10 },
    );
  });

  it('keeps its slots when layers are unfrozen and the model compiled again, in stock fit', async () => {
    const { dense } = layers.layers;
    const base = dense({ units: 2, inputShape: [2], name: 'base', trainable: false });
    const model = layers.sequential({ layers: [base, dense({ units: 1, name: 'head' })] });
    const optimizer = make();
    const update = optimizer.applyGradients.bind(optimizer);
    let seen: number[] = [];
    vi.spyOn(optimizer, 'applyGradients').mockImplementation((list) => {
      const [, gradient] = (
        Array.isArray(list)
          ? list.map(({ name, tensor }) => [name, tensor] as const)
          : Object.entries(list)
      ).find(([name]) => name.startsWith('head/kernel')) as [string, tf.Tensor];
      seen = numbers(gradient);
      update(list);
    });
    const [xs, ys] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[5]])];
    const train = async () => {
      model.compile({ optimizer, loss: 'meanSquaredError' });
      await model.fit(xs, ys, { epochs: 1, verbose: 0 });
    };
    const [kernel, bias] = model.layers[1]?.weights.map((each) => each.read()) as tf.Variable[];
    const lengths = [kernel, bias].map(
      (each) => ruleOf(optimizer, each as tf.Variable).slots.length,
    );
    const perLayer = lengths.reduce((a, b) => a + b, 0);
    const weight = numbers(kernel as tf.Variable);
    await train();
    const before = optimizer.readSlots(kernel as tf.Variable).map(numbers);
    expect(Object.keys(await slotsOf(optimizer))).toHaveLength(1 + perLayer);

    base.trainable = true;
    const [trained] = numbers(kernel as tf.Variable);
    await train();
    const saved = Object.keys(await slotsOf(optimizer)).filter(
      (name) => !name.endsWith('/updates'),
    );
    expect(saved).toHaveLength(1 + 2 * perLayer);
    const rule = ruleOf(optimizer, kernel as tf.Variable);
    if (isElementwise && rule.elementwise) {
      const named = rule.slots.map((slot, k) => [slot, before[k]?.[0] as number] as const);
      const inputs = { weight: trained as number, gradient: seen[0] as number, shape: [2, 1] };
      const next = rule.update(float64, {
        ...inputs,
        ...{ slots: Object.fromEntries(named), scalars: rule.scalars(0.1, 2, 2), shared: {} },
      });
      for (const [k, slot] of rule.slots.entries()) {
        const [value = NaN] = numbers(optimizer.readSlots(kernel as tf.Variable)[k] as tf.Tensor);
        expect(value).toBeCloseTo(next.slots[slot] as number, 4);
      }
    }
    expect(numbers(kernel as tf.Variable)).not.toEqual(weight);
    model.dispose();
    tf.dispose([xs, ys]);
  });
});

describe('scale laws', () => {
  /** What becomes of the first three steps when all gradients are multiplied by c: they are multiplied by c to this power. */
  const laws: [string, Make, number][] = [
    ['SGD', of(SGD), 1],
    ['momentum', (c) => new SGD({ ...c, momentum: 0.9 }), 1],
    ['Adam', (c) => new Adam({ ...c, epsilon: 1e-30 }), 0],
    ['AMSGrad', (c) => new Adam({ ...c, amsgrad: true, epsilon: 1e-30 }), 0],
    ['RMSprop', (c) => new RMSprop({ ...c, epsilon: 1e-30 }), 0],
    ['Adagrad', (c) => new Adagrad({ ...c, initialAccumulatorValue: 0, epsilon: 1e-30 }), 0],
    ['Adamax', (c) => new Adamax({ ...c, epsilon: 1e-30 }), 0],
    ['Nadam', (c) => new Nadam({ ...c, epsilon: 1e-30 }), 0],
    ['RAdam, known', (c) => new RAdam({ ...c, beta2: 0, epsilon: 1e-30 }), 1],
    ['AdaBelief', (c) => new AdaBelief({ ...c, epsilon: 1e-30 }), 0],
    ['Lion', of(Lion), 0],
    ['Lamb', (c) => new Lamb({ ...c, epsilon: 1e-30 }), 0],
    ['LARS', (c) => new LARS({ ...c, decays: 'all', trustCoefficient: 1, epsilon: 0 }), 0],
    ['Adafactor', of(Adafactor), 0],
    ['clipping by norm', (c) => new SGD({ ...c, clipnorm: 1e-3 }), 0],
    ['adaptive clipping', (c) => new SGD({ ...c, adaptiveClip: 1e-4 }), 0],
    ['Ftrl', (c) => new Ftrl({ ...c, initialAccumulatorValue: 0, beta: 1e-9 }), 0],
  ];
  it.each(laws)('%s', (title, create, power) => {
    // LARS takes another way where a weight is 0.
    const first = title === 'LARS' ? 1 : 0;
    const run = (scale: number): number[] => {
      w.assign(tf.fill([3], first));
      const optimizer = create({ learningRate: 0.5 });
      for (let step = 0; step < 3; step++) {
        const signs = [1 + step, -2, 3 - 4 * step];
        apply(optimizer, { w: signs.map((g) => g * scale) });
      }
      optimizer.dispose();
      return numbers(w).map((value) => value - first);
    };
    const plain = run(1);
    fc.assert(
      fc.property(fc.integer({ min: -6, max: 6 }), (exponent) => {
        const scale = 2 ** exponent;
        const expected = plain.map((value) => value * scale ** power);
        for (const [i, value] of run(scale).entries()) {
          expect(value / (expected[i] as number)).toBeCloseTo(1, 4);
        }
      }),
      { numRuns: 13 },
    );
  });
});
