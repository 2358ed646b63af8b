// The kernels of the backends that run in Node, and the two forms of the loop on the CPU.

import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UPDATE_KERNEL, type ElementwiseRule, type UpdateRule } from '@graftjs/core';
import { Adam, Ftrl, Lamb, SGD, type RuleOptimizer } from '../index.js';
import { registerUpdateKernel as registerOnCpu } from './cpu.js';
import { interpretedLoop } from './interpreter.js';
import { javascriptLoop } from './javascript.js';
import { programOf, type Program } from './program.js';
import { rules, runRule } from './testing/conformance.js';
import { registerUpdateKernel as registerOnWasm } from './wasm.js';

const require = createRequire(import.meta.url);

describe.each([
  ['cpu', registerOnCpu],
  ['wasm', registerOnWasm],
])('on %s', (backend, register) => {
  beforeAll(async () => {
    const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
    setWasmPaths(`${folder}/dist/`);
    setThreadsCount(1);
    expect(await tf.setBackend(backend)).toBe(true);
    register();
    expect(tf.getKernel(UPDATE_KERNEL, backend)).toBeDefined();
  });
  afterAll(() => tf.setBackend('cpu'));

  it.each(Object.keys(rules))('%s is what it is in float64', async (name) => {
    for (const { where, error, cloneChange, leaked, leakedBytes } of await runRule(name)) {
      expect(error, where).toBeLessThan(1e-6);
      expect(cloneChange, where).toBe(0);
      expect(leaked, where).toBe(0);
      expect(leakedBytes, where).toBe(0);
    }
  });
});

it('a convolution on wasm sees the weight that an update has changed', async () => {
  // XNNPACK packs a weight once and keeps it by the tensor's number.
  await tf.setBackend('wasm');
  try {
    const image = tf.ones([1, 4, 4, 3]) as tf.Tensor4D;
    const kernel = tf.variable(tf.ones([1, 1, 3, 8]));
    const convolved = () => tf.tidy(() => tf.conv2d(image, kernel as tf.Tensor4D, 1, 'valid'));
    const optimizer = new SGD({ learningRate: 0.5 });
    for (const expected of [3, 1.5, 0, -1.5]) {
      expect(convolved().dataSync()[0]).toBeCloseTo(expected, 6);
      optimizer.applyGradients([{ name: kernel.name, tensor: tf.ones(kernel.shape) }]);
    }
  } finally {
    await tf.setBackend('cpu');
  }
});

const ruleOf = (optimizer: RuleOptimizer) =>
  optimizer.ruleFor({ name: 'w', shape: [1] }, 'update') as UpdateRule;

describe('the loop', () => {
  const rule = ruleOf(new Adam());
  const program = programOf(rule) as Program;
  const scalars = program.scalars(rule.scalars(0.01, 3, 3));
  /** Weight, gradient, momentum and velocity of more than one chunk. */
  const inputs = [1, 2, 3, 4].map((k) =>
    Float32Array.from({ length: 5000 }, (_, i) => (k === 4 ? 1 : Math.sin(k * i))),
  );
  const run = (loop: ReturnType<typeof javascriptLoop>) => {
    const outputs = [0, 1, 2].map(() => new Float32Array(5000));
    loop(5000, inputs, outputs, scalars);
    return outputs;
  };

  it('is the same interpreted and compiled, to float32 rounding', () => {
    const [compiled, interpreted] = [run(javascriptLoop(program)), run(interpretedLoop(program))];
    compiled.forEach((values, i) =>
      values.forEach((value, k) =>
        expect(Math.abs(value - interpreted[i]![k]!)).toBeLessThan(1e-6),
      ),
    );
  });
});

describe('a program', () => {
  it('computes equal parts once, and scalars on the host', () => {
    const rule = ruleOf(new Adam());
    const { steps, scalarCount, inputs, outputs } = programOf(rule) as Program;
    expect(inputs).toEqual(['weight', 'gradient', 'momentum', 'velocity']);
    expect(outputs).toHaveLength(3);
    // Two moments of three operations each and a square, then product, root, sum, quotient, difference.
    expect(steps).toHaveLength(12);
    expect(scalarCount).toBe(6);
  });

  it('evaluates what depends on scalars alone in float64', () => {
    const { scalars, steps } = programOf(<ElementwiseRule>{
      name: 'Test',
      elementwise: true,
      slots: [],
      scalars: () => ({ a: 0, b: 0 }),
      update: (algebra, { weight, gradient, scalars: s }) => ({
        weight: algebra.sub(weight, algebra.mul(algebra.div(s.a!, algebra.sqrt(s.b!)), gradient)),
        slots: {},
      }),
    }) as Program;
    expect(steps.map(({ operation }) => operation)).toEqual(['mul', 'sub']);
    expect(scalars({ a: 1, b: 2 })).toEqual([1 / Math.SQRT2]);
  });

  it('is there for no rule that takes norms or powers', () => {
    expect(programOf(ruleOf(new Lamb()))).toBeUndefined();
    expect(programOf(ruleOf(new Ftrl({ learningRatePower: -0.7 })))).toBeUndefined();
    expect(programOf(ruleOf(new Ftrl()))).toBeDefined();
  });
});
