// What every backend's update kernel must do, as a function that runs in Node and in a page.

import * as tf from '@tensorflow/tfjs-core';
import type { Algebra, ElementwiseRule } from '@graftjs/core';
import {
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  Ftrl,
  Lion,
  RMSprop,
  ScheduleFreeAdamW,
  SGD,
  type RuleOptimizer,
} from '../../index.js';

/** A momentum that is another number in each step. */
const falling = (step: number) => 0.9 - step / 100;

/** Each rule of its own kind: without a slot, with one, two and more; every operation. */
export const rules: Readonly<Record<string, () => RuleOptimizer>> = {
  SGD: () => new SGD({ learningRate: 0.1 }),
  'SGD with momentum': () => new SGD({ learningRate: 0.1, momentum: 0.9 }),
  'SGD with Nesterov and a falling momentum': () =>
    new SGD({ learningRate: 0.1, momentum: falling, nesterov: true }),
  Adam: () => new Adam({ learningRate: 0.01 }),
  RMSprop: () => new RMSprop({ learningRate: 0.01 }),
  'RMSprop, centered, with momentum': () =>
    new RMSprop({ learningRate: 0.01, centered: true, momentum: 0.5 }),
  Adagrad: () => new Adagrad({ learningRate: 0.1 }),
  'AMSGrad with a falling momentum': () =>
    new Adam({ learningRate: 0.01, beta1: falling, amsgrad: true }),
  Adamax: () => new Adamax({ learningRate: 0.01 }),
  Lion: () => new Lion({ learningRate: 0.01 }),
  Ftrl: () => new Ftrl({ learningRate: 0.1, l1RegularizationStrength: 0.05 }),
  ScheduleFreeAdamW: () => new ScheduleFreeAdamW({ learningRate: 0.01 }),
  'AdamW with a moving average': () =>
    new AdamW({ learningRate: 0.01, decays: 'all', useEma: true, emaOverwriteFrequency: 4 }),
};

/** Scalars, sizes around whole vectors, matrices, kernels, and more than one chunk. */
const shapes = [[], [1], [3], [4], [5], [7, 9], [3, 3, 2, 5], [1, 1, 8, 16], [70, 70]];

const STEPS = 6;

/** The gradient of a step, in a form that a backend may hold in its own way. */
const forms: Readonly<Record<string, (gradient: tf.Tensor) => tf.Tensor>> = {
  plain: (gradient) => tf.clone(gradient),
  computed: (gradient) => tf.mul(gradient, 2),
  'a reshaped view': (gradient) =>
    tf.reshape(tf.reshape(gradient, [gradient.size]), gradient.shape),
  // WebGL leaves an element in each texel of what it tiles, and only looks at a slice of that.
  tiled: (gradient) =>
    tf.tile(
      gradient,
      gradient.shape.map(() => 1),
    ),
  'a slice': (gradient) =>
    tf.reshape(
      tf.slice(tf.tile(tf.concat([tf.ones([3]), tf.reshape(gradient, [-1])]), [1]), [3]),
      gradient.shape,
    ),
  'a product': (gradient) =>
    tf.reshape(tf.matMul(tf.reshape(gradient, [-1, 1]), tf.ones([1, 1])), gradient.shape),
};

export interface Difference {
  readonly where: string;
  /** Largest error of the weight and the slots against float64, relative to the largest value, and to 1. */
  readonly error: number;
  /** What a clone that was taken of the weight and of the slots has changed by. */
  readonly cloneChange: number;
  /** Tensors that a step has left. */
  readonly leaked: number;
  /** Bytes that are left on the device when all is disposed of. */
  readonly leakedBytes: number;
}

/** Runs a rule over all shapes and forms on the current backend. */
export async function runRule(name: string): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const shape of shapes) {
    for (const [form, make] of Object.entries(forms)) {
      const where = `${name} [${shape.join(', ')}], gradient ${form}`;
      differences.push({
        where,
        ...(await runCase(rules[name] as () => RuleOptimizer, shape, make)),
      });
    }
  }
  return differences;
}

async function runCase(
  makeOptimizer: () => RuleOptimizer,
  shape: number[],
  form: (gradient: tf.Tensor) => tf.Tensor,
): Promise<Omit<Difference, 'where'>> {
  const bytes = deviceBytes();
  const size = tf.util.sizeFromShape(shape);
  const start = Array.from({ length: size }, (_, i) => Math.sin(i + 1));
  const initial = tf.tensor(start, shape, 'float32');
  const variable = tf.variable(initial);
  initial.dispose();
  const optimizer = makeOptimizer();
  const rule = optimizer.ruleFor(variable, 'update') as ElementwiseRule;
  const reference = new Reference(rule, optimizer.learningRate as number, start);
  let cloneChange = 0;
  let leaked = 0;
  for (let step = 0; step < STEPS; step++) {
    const raw = Array.from({ length: size }, (_, i) => Math.cos(i * 0.7 + step) * (i % 5));
    const gradient = tf.tidy(() => form(tf.tensor(raw, shape, 'float32')));
    const values = await gradient.data();
    const held = [variable, ...optimizer.readSlots(variable)].map((tensor) => tf.clone(tensor));
    // Only some steps hold clones: with them, and without, a backend may go another way.
    if (step % 2 === 0) tf.dispose(held.splice(0));
    const before = await Promise.all(held.map(async (tensor) => Array.from(await tensor.data())));
    const { numTensors } = tf.memory();
    optimizer.applyGradients([{ name: variable.name, tensor: gradient }]);
    leaked += tf.memory().numTensors - numTensors;
    reference.step(values, optimizer.iterations);
    for (const [i, tensor] of held.entries())
      cloneChange = Math.max(cloneChange, largestDifference(await tensor.data(), before[i]!));
    tf.dispose([...held, gradient]);
  }
  const tensors = [variable, ...optimizer.readSlots(variable)];
  let error = 0;
  for (const [i, tensor] of tensors.entries()) {
    const expected = reference.values[i] as number[];
    const scale = Math.max(1, ...expected.map(Math.abs));
    error = Math.max(error, largestDifference(await tensor.data(), expected) / scale);
  }
  variable.dispose();
  optimizer.dispose();
  return { error, cloneChange, leaked, leakedBytes: deviceBytes() - bytes };
}

function deviceBytes(): number {
  const { numBytesInGPU = 0 } = tf.memory() as tf.MemoryInfo & { numBytesInGPU?: number };
  return numBytesInGPU;
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = actual.length === expected.length ? 0 : Infinity;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

/** The rule in float64. */
class Reference {
  /** The weight, then the slots. */
  readonly values: number[][];
  private readonly float64: Algebra<number> = {
    add: (a: number, b: number) => a + b,
    sub: (a: number, b: number) => a - b,
    mul: (a: number, b: number) => a * b,
    div: (a: number, b: number) => a / b,
    square: (a: number) => a * a,
    sqrt: Math.sqrt,
    abs: Math.abs,
    sign: Math.sign,
    maximum: Math.max,
    minimum: Math.min,
    pow: Math.pow,
    zerosLike: () => 0,
  };

  constructor(
    private readonly rule: ElementwiseRule,
    private readonly rate: number,
    weight: readonly number[],
  ) {
    const first = Array.from(weight, Math.fround);
    const slots = rule.slots.map((slot) => {
      const initial = rule.initial?.[slot] ?? 0;
      return first.map((value) => (initial === 'weight' ? value : initial));
    });
    this.values = [first, ...slots];
  }

  step(gradient: ArrayLike<number>, update: number): void {
    const { rule, values } = this;
    const scalars = rule.scalars(this.rate, update, update);
    for (let i = 0; i < gradient.length; i++) {
      const next = rule.update(this.float64, {
        weight: values[0]![i]!,
        gradient: gradient[i]!,
        slots: Object.fromEntries(rule.slots.map((slot, k) => [slot, values[k + 1]![i]!])),
        scalars,
      });
      values[0]![i] = next.weight;
      rule.slots.forEach((slot, k) => (values[k + 1]![i] = next.slots[slot]!));
    }
  }
}
