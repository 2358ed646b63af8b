import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UPDATE_KERNEL, type NativeUpdates, type UpdateRule } from '@graftjs/core';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { nodeBackend, type Binding, type NativeTensor } from '../node-backend.js';
import { registerNodeBackend } from '../register.js';

/** m ← β·m − η·g, w ← w + m; the slot is stored otherwise than it is where the test says so. */
const momentum = (tensorflow?: Partial<NativeUpdates>): UpdateRule => ({
  name: 'Momentum',
  elementwise: true,
  slots: ['momentum'],
  scalars: (rate) => ({ rate, beta: 0.5 }),
  update: (_, { weight, slots }) => ({ weight, slots }),
  tensorflow: {
    ops: [
      {
        op: 'ResourceApplyKerasMomentum',
        inputs: ['weight', 'momentum', 'rate', 'gradient', 'beta'],
        attributes: { use_nesterov: false },
      },
    ],
    ...tensorflow,
  },
});

interface State {
  weight: tf.Tensor;
  momentum: tf.Tensor;
}

/** A step along a gradient of ones with rate 1, which uses the state up. */
function step(rule: UpdateRule, state: State, gradient = tf.ones(state.weight.shape)): State {
  const attributes = { rule, scalars: rule.scalars(1, 1, 1) } as unknown as tf.NamedAttrMap;
  const outputs = tf.engine().runKernel(UPDATE_KERNEL, { ...state, gradient }, attributes);
  const [weight, momentum] = outputs as unknown as [tf.Tensor, tf.Tensor];
  tf.dispose([state.weight, state.momentum, gradient]);
  return { weight, momentum };
}

const values = ({ weight, momentum }: State) =>
  [weight, momentum].map((tensor) => Array.from(tensor.dataSync()));

describe.runIf(await importTensorFlow())('an update on TensorFlow', () => {
  let state: State;
  beforeAll(registerNodeBackend);
  beforeEach(async () => {
    await tf.setBackend('tensorflow');
    state = { weight: tf.tensor1d([1, 2]), momentum: tf.zeros([2]) };
  });
  afterEach(() => tf.dispose([state.weight, state.momentum]));
  const run = (rule: UpdateRule, steps: number) => {
    for (let i = 0; i < steps; i++) state = step(rule, state);
  };

  it('goes on from slots that were read, and from those that were not', () => {
    const rule = momentum();
    run(rule, 2);
    expect(values(state)).toEqual([
      [-1.5, -0.5],
      [-1.5, -1.5],
    ]);
    run(rule, 2);
    expect(values(state)).toEqual([
      [-5.125, -4.125],
      [-1.875, -1.875],
    ]);
  });

  it('never changes a clone', () => {
    const rule = momentum();
    run(rule, 2);
    const held = { weight: tf.clone(state.weight), momentum: tf.clone(state.momentum) };
    run(rule, 2);
    expect(values(state)[0]).toEqual([-5.125, -4.125]);
    expect(values(held)).toEqual([
      [-1.5, -0.5],
      [-1.5, -1.5],
    ]);
    tf.dispose([held.weight, held.momentum]);
  });

  it('never changes another view, or the array that the weight was made of', () => {
    const array = Float32Array.of(1, 2);
    tf.dispose(state.weight);
    state = { ...state, weight: tf.tensor(array) };
    run(momentum(), 1);
    const view = tf.reshape(state.weight, [2, 1]);
    run(momentum(), 1);
    expect(values(state)[0]).toEqual([-1.5, -0.5]);
    expect(Array.from(view.dataSync())).toEqual([0, 1]);
    expect(Array.from(array)).toEqual([1, 2]);
    view.dispose();
  });

  it('gives slots as they are, however TensorFlow keeps them', () => {
    // With a slot that is kept as 2m + 1, TensorFlow's op computes 2m′ + 1 = (2m + 1)/2 − g.
    const rule = momentum({ slotScales: { momentum: 2 }, slotOffsets: { momentum: 1 } });
    run(rule, 1);
    expect(values(state)).toEqual([
      [0.5, 1.5],
      [-0.75, -0.75],
    ]);
    run(rule, 1);
    expect(state.momentum.dataSync()[0]).toBe(-1.125);
    run(momentum(), 1);
    expect(state.momentum.dataSync()[0]).toBe(-1.5625);
  });

  it('gives the ops the weight as it was', () => {
    // w ← w + m, then w ← w − (the old w).
    const { ops } = momentum().tensorflow as NativeUpdates;
    const forget = {
      op: 'ResourceApplyGradientDescent',
      inputs: ['weight', 'rate', 'value'],
    };
    run(momentum({ ops: [...ops, forget] }), 1);
    expect(values(state)[0]).toEqual([-1, -1]);
  });

  it('takes the weight itself as its gradient', () => {
    state = step(momentum(), state, state.weight);
    expect(values(state)).toEqual([
      [0, 0],
      [-1, -2],
    ]);
  });

  it('takes the scalars of each step, also where many rules take turns', () => {
    const rules = Array.from({ length: 40 }, () => momentum());
    for (const rule of [...rules, ...rules]) run(rule, 1);
    const expected = Array.from({ length: 80 }).reduce<number>((m) => 0.5 * m - 1, 0);
    expect(state.momentum.dataSync()[0]).toBeCloseTo(expected, 6);
    const stopped = { ...(rules[0] as UpdateRule), scalars: () => ({ rate: 0, beta: 0 }) };
    run(stopped, 1);
    expect(state.momentum.dataSync()[0]).toBeCloseTo(0, 12);
  });

  it('refuses a gradient of another shape, and leaves all as it was', () => {
    const gradient = tf.ones([3]);
    expect(() => step(momentum(), state, gradient)).toThrow('gradient of a variable');
    expect(values(state)).toEqual([
      [1, 2],
      [0, 0],
    ]);
    gradient.dispose();
  });

  it('leaves to the ops of tfjs what TensorFlow has no op for', () => {
    const kernel = tf.getKernel(UPDATE_KERNEL, 'tensorflow') as tf.KernelConfig & {
      accepts(rule: UpdateRule): boolean;
    };
    const withoutOps = ({ tensorflow: _, ...rule }: UpdateRule): UpdateRule => rule;
    expect(kernel.accepts(momentum())).toBe(true);
    expect(kernel.accepts(withoutOps(momentum()))).toBe(false);
  });

  it('leaks no tensor of tfjs or of TensorFlow in 200 steps', async () => {
    const rule = momentum({ slotScales: { momentum: 2 } });
    run(rule, 1);
    const backend = nodeBackend();
    const { binding } = backend;
    const watched = countingHandles(binding);
    backend.binding = watched.binding;
    try {
      await expectNoLeak(() => {
        const own = { weight: tf.zeros([2]), momentum: tf.zeros([2]) };
        let current: State = own;
        for (let i = 0; i < 200; i++) {
          current = step(rule, current);
          if (i % 50 === 0) values(current);
        }
        tf.dispose([current.weight, current.momentum]);
      });
    } finally {
      backend.binding = binding;
    }
    expect(watched.alive()).toBe(0);
  });
});

/** A binding that counts the tensors that TensorFlow has made more than it has deleted. */
function countingHandles(binding: Binding): { binding: Binding; alive(): number } {
  let alive = 0;
  const counted: Pick<Binding, 'createTensor' | 'executeOp' | 'deleteTensor'> = {
    createTensor: (...args) => {
      alive++;
      return binding.createTensor(...args);
    },
    executeOp: (...args): NativeTensor[] => {
      const made = binding.executeOp(...args);
      alive += made.length;
      return made;
    },
    deleteTensor: (id) => {
      alive--;
      binding.deleteTensor(id);
    },
  };
  const descriptors = Object.entries(counted).map(([name, value]) => [name, { value }] as const);
  const watching = Object.create(binding, Object.fromEntries(descriptors)) as Binding;
  return { binding: watching, alive: () => alive };
}
