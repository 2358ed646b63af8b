// What all optimizers share, on one of them: loading state, and what they refuse.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import '@graftjs/test-utils';
import { isGraftError, type Schedule } from '@graftjs/core';
import { cosine, warmUp } from '@graftjs/schedules';
import { Adam, Lookahead, optimizerFromConfig, SGD } from './index.js';

const made: tf.Variable[] = [];
function variable(name: string, shape = [2]): tf.Variable {
  const one = tf.variable(tf.ones(shape), true, name);
  made.push(one);
  return one;
}
afterEach(() => tf.dispose(made.splice(0)));

function step(optimizer: SGD | Adam, variables: tf.Variable[], gradient = 1): void {
  const list = variables.map(({ name, shape }) => ({ name, tensor: tf.fill(shape, gradient) }));
  optimizer.applyGradients(list);
  tf.dispose(list.map(({ tensor }) => tensor));
}

const momentum = () => new SGD({ learningRate: 1, momentum: 0.5 });

/** Momentum −1 for the first variable, −2 for the second, and so on. */
async function saved(...names: string[]) {
  const weights = names.map((name, i) => ({
    name: `${name}/momentum`,
    tensor: tf.fill([2], -(i + 1)),
  }));
  return [{ name: 'iter', tensor: tf.scalar(7, 'int32') }, ...weights];
}

/** What the first momentum of each variable is after a step with gradient 0: half of what was loaded. */
async function afterLoading(names: string[], variables: tf.Variable[]): Promise<number[]> {
  const optimizer = momentum();
  await optimizer.setWeights(await saved(...names));
  step(optimizer, variables, 0);
  return variables.map((v) => 2 * (optimizer.readSlots(v)[0]?.dataSync()[0] as number));
}

describe('setWeights finds the slots of a variable', () => {
  it('by name, in any order, for any of those that were saved', async () => {
    const names = ['a/kernel', 'a/bias', 'b/kernel', 'b/bias'];
    const subset = fc.shuffledSubarray(names, { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(subset, subset, async (savedNames, trained) => {
        fc.pre(trained.some((name) => savedNames.includes(name)));
        const variables = trained.map((name) => variable(name));
        const expected = trained.map((name) => -(savedNames.indexOf(name) + 1) + 0);
        expect((await afterLoading(savedNames, variables)).map((v) => v + 0)).toEqual(expected);
        tf.dispose(made.splice(0));
      }),
    );
  });

  it('that tfjs gave another suffix, while the old one is still there', async () => {
    variable('a/kernel');
    const [a, b] = [variable('a/kernel_1'), variable('b/kernel_2')];
    expect(await afterLoading(['b/kernel_1', 'a/kernel'], [a, b])).toEqual([-2, -1]);
  });

  it('by its exact name before any other', async () => {
    const [fresh, old] = [variable('a/kernel_1'), variable('a/kernel')];
    expect(await afterLoading(['a/kernel'], [fresh, old])).toEqual([0, -1]);
  });

  it('by order where layers were renamed', async () => {
    const [x, y] = [variable('x/kernel'), variable('y/kernel')];
    expect(await afterLoading(['a/kernel', 'b/kernel'], [x, y])).toEqual([-1, -2]);
  });

  it('where only some were saved; the others start from zeros', async () => {
    const [base, head] = [variable('base/kernel'), variable('head/kernel')];
    expect(await afterLoading(['head/kernel'], [base, head])).toEqual([0, -1]);
  });

  it('or says that it cannot', async () => {
    const [x, y] = [variable('x/kernel'), variable('y/kernel', [3])];
    await expect(afterLoading(['a/kernel'], [x, y])).rejects.toThrow(
      'the saved state of a/kernel fits neither by name nor by order the variables that train: x/kernel, y/kernel',
    );
    await expect(afterLoading(['y/kernel'], [y])).rejects.toThrow(
      'the saved state of y/kernel has shape [2]; variable y/kernel has [3]',
    );
  });
});

describe('a variable that trains later', () => {
  it('takes the first steps of Adam as large as the others did', () => {
    const [base, head] = [variable('base/kernel'), variable('head/kernel')];
    const optimizer = new Adam({ learningRate: 0.1 });
    for (let i = 0; i < 50; i++) step(optimizer, [head]);
    step(optimizer, [base, head]);
    // The first step of Adam is the rate, whatever the gradient.
    expect(base).toBeCloseToTensor([0.9, 0.9]);
  });

  it('goes on from what was saved as if nothing had been', async () => {
    const [base, head] = [variable('base/kernel'), variable('head/kernel')];
    const optimizer = new Adam({ learningRate: 0.1 });
    for (let i = 0; i < 5; i++) step(optimizer, [head]);
    step(optimizer, [base, head], 2);
    const again = new Adam({ learningRate: 0.1 });
    await again.setWeights(await optimizer.getWeights());
    const before = [base, head].map((each) => tf.clone<tf.Tensor>(each));
    const after = [optimizer, again].map((one) => {
      [base, head].forEach((each, i) => each.assign(before[i] as tf.Tensor));
      for (let i = 0; i < 3; i++) step(one, [base, head], i - 1.5);
      return [base, head].flatMap((each) => Array.from(each.dataSync()));
    });
    tf.dispose(before);
    expect(after[1]).toEqual(after[0]);
  });

  it('has had those that it was saved with, also where it trains only later', async () => {
    const [a, b] = [variable('a/kernel'), variable('b/kernel')];
    const optimizer = momentum();
    await optimizer.setWeights(await saved('a/kernel', 'b/kernel'));
    step(optimizer, [b]);
    expect(optimizer.nextStep([a, b])).toMatchObject({ update: 9, ages: [8, 9] });
  });

  it('has had all updates where slots are written into an optimizer that goes on', async () => {
    const optimizer = new Adam({ learningRate: 0.1 });
    await optimizer.setWeights([{ name: 'iter', tensor: tf.scalar(7, 'int32') }]);
    const w = variable('w/kernel');
    optimizer.writeSlots(w, [tf.zeros([2]), tf.zeros([2])]);
    expect(optimizer.nextStep([w])).toMatchObject({ update: 8, ages: [8] });
    expect(optimizer.nextStep([variable('v/kernel')])).toMatchObject({ update: 8, ages: [1] });
  });

  it.each([-1, 0.5, NaN])('is not loaded with %d updates', async (updates) => {
    const weights = [...(await saved('a/kernel')), { name: 'a/kernel/updates', tensor: tf.scalar(updates) }]; // prettier-ignore
    await expect(momentum().setWeights(weights)).rejects.toThrow('weights must be "iter" followed');
  });
});

describe('getWeights', () => {
  it('gives on what was loaded and not yet used', async () => {
    const optimizer = momentum();
    await optimizer.setWeights(await saved('a/kernel', 'b/kernel'));
    step(optimizer, [variable('b/kernel')], 0);
    const again = await optimizer.getWeights();
    expect(again.map(({ name }) => name)).toEqual([
      'iter',
      'b/kernel/momentum',
      'a/kernel/momentum',
      'a/kernel/updates',
    ]);
    expect(again[0]?.tensor).toBeCloseToTensor(8);
    expect(again[2]?.tensor).toBeCloseToTensor([-1, -1]);
    expect(again[3]?.tensor).toBeCloseToTensor(7);
  });

  it('follows the order of the last update, so that an unfrozen base stands before the head', async () => {
    const [base, head] = [variable('base/kernel'), variable('head/kernel')];
    const optimizer = momentum();
    step(optimizer, [head]);
    step(optimizer, [base, head]);
    const weights = await optimizer.getWeights();
    expect(weights.map(({ name }) => name)).toEqual([
      ...['iter', 'base/kernel/momentum', 'base/kernel/updates', 'head/kernel/momentum'],
    ]);
    expect(weights[2]?.tensor).toBeCloseToTensor(1);
  });

  it('leaves one tensor of each count behind, however often it is asked', async () => {
    const [base, head] = [variable('base/kernel'), variable('head/kernel')];
    const optimizer = momentum();
    step(optimizer, [head]);
    step(optimizer, [base, head]);
    tf.dispose((await optimizer.getWeights())[0]?.tensor);
    const { numTensors } = tf.memory();
    for (let i = 0; i < 3; i++) tf.dispose((await optimizer.getWeights())[0]?.tensor);
    expect(tf.memory().numTensors).toBe(numTensors);
    optimizer.dispose();
    // The two variables.
    expect(tf.memory().numTensors).toBe(numTensors - 3);
  });

  it('can be set again on the same optimizer', async () => {
    const a = variable('a/kernel');
    const optimizer = momentum();
    step(optimizer, [a]);
    await optimizer.setWeights(await optimizer.getWeights());
    expect(optimizer.readSlots(a)[0]).toBeCloseToTensor([-1, -1]);
  });
});

describe('setWeights refuses', () => {
  const iter = { name: 'iter', tensor: tf.scalar(3, 'int32') };
  const slot = (name: string) => ({ name, tensor: tf.zeros([2]) });

  it.each([
    ['nothing', []],
    ['a missing iter', [slot('a/momentum')]],
    ['half of the slots', [iter, slot('a/momentum')]],
    ['slots in another order', [iter, slot('a/velocity'), slot('a/momentum')]],
    ['slots of another optimizer', [iter, slot('a/m'), slot('a/v')]],
  ])('%s, and stays as it was', async (_, weights) => {
    const optimizer = new Adam();
    const a = variable('a');
    step(optimizer, [a]);
    await expect(optimizer.setWeights(weights)).rejects.toThrow(
      'weights must be "iter" followed by the slots of each variable (Adam: momentum, velocity). Received: ' +
        JSON.stringify(weights.map(({ name }) => name)),
    );
    expect(optimizer.iterations).toBe(1);
    expect(optimizer.readSlots(a)[0]).toBeCloseToTensor([0.1, 0.1]);
  });

  it('any slot where the rule has none', async () => {
    await expect(new SGD().setWeights([iter, slot('a/momentum')])).rejects.toThrow('(SGD: none)');
  });
});

describe('the learning rate', () => {
  it('can be changed between updates', () => {
    const a = variable('a');
    const optimizer = new SGD({ learningRate: 1 });
    step(optimizer, [a]);
    optimizer.learningRate = (done) => 10 * done;
    step(optimizer, [a]);
    expect(a).toBeCloseToTensor([-10, -10]);
  });

  it.each([-1, NaN, Infinity, '0.1', null])('is not %s', (rate) => {
    expect(() => new SGD({ learningRate: rate as number })).toThrow('rate at step 0 must be');
    const optimizer = new SGD();
    expect(() => (optimizer.learningRate = rate as number)).toThrow('rate at step 0 must be');
    expect(optimizer.learningRate).toBe(0.01);
  });

  it('stops a schedule that goes wrong before anything is updated', () => {
    const a = variable('a');
    const optimizer = new SGD({ learningRate: (done) => 1 - 2 * done });
    step(optimizer, [a]);
    expect(() => step(optimizer, [a])).toThrow(
      'rate at step 1 must be a finite number ≥ 0. Received: -1',
    );
    expect(a).toBeCloseToTensor([0, 0]);
    expect(optimizer.iterations).toBe(1);
  });

  it('is saved as the config of its schedule', () => {
    const config = { name: 'halving' };
    const schedule: Schedule = Object.assign((s: number) => 0.5 ** s, { config });
    expect(new SGD({ learningRate: schedule }).getConfig().learningRate).toEqual(config);
  });
});

it('names a gradient that belongs to no variable, before any update', () => {
  const a = variable('a');
  const optimizer = new SGD();
  const gradients = { a: tf.ones([2]), b: tf.ones([2]) };
  expect(() => optimizer.applyGradients(gradients)).toThrow(
    'gradients must be named after registered variables. Received: "b"',
  );
  expect(a).toBeCloseToTensor([1, 1]);
  expect(optimizer.iterations).toBe(0);
});

describe('optimizerFromConfig', () => {
  const again = (optimizer: Adam) => {
    const json = JSON.parse(JSON.stringify(optimizer.getConfig())) as tf.serialization.ConfigDict;
    return optimizerFromConfig(Adam, json);
  };

  it('makes the schedule of a rate again', () => {
    const rate = warmUp(cosine({ initialRate: 0.1, decaySteps: 50 }), 10);
    const { learningRate } = again(new Adam({ learningRate: rate }));
    expect((learningRate as Schedule).config).toEqual(rate.config);
    expect((learningRate as Schedule)(30)).toBe(rate(30));
  });

  it('keeps the default of a rate that the config has not', () => {
    expect(optimizerFromConfig(Adam, { beta1: 0.5 }).getConfig()).toEqual(
      new Adam({ beta1: 0.5 }).getConfig(),
    );
  });

  it('makes the schedule of a wrapped optimizer again', () => {
    tf.serialization.registerClass(Adam);
    const rate = cosine({ initialRate: 0.1, decaySteps: 50 });
    const json = JSON.parse(
      JSON.stringify(new Lookahead(new Adam({ learningRate: rate })).getConfig()),
    ) as tf.serialization.ConfigDict;
    expect((optimizerFromConfig(Lookahead, json).learningRate as Schedule)(20)).toBe(rate(20));
    expect(() => Lookahead.fromConfig(Lookahead as never, json)).toThrow(
      'config.learningRate must be a number; optimizerFromConfig makes a schedule again',
    );
  });

  it.each<[string, Schedule, string]>([
    ['a plain function', (t) => 1 / (1 + t), 'config.learningRate must be a number or the config'],
    [
      'a schedule of someone else',
      Object.assign((t: number) => t, { config: { schedule: 'mine' } }),
      'config.schedule must be one of ',
    ],
  ])('refuses %s', (_, learningRate, message) => {
    expect(() => again(new Adam({ learningRate }))).toThrow(message);
  });
});

it.each<[string, () => unknown, string]>([
  ['SGD', () => new SGD({ momentum: 1 }), 'momentum must be a number in [0, 1). Received: 1'],
  [
    'SGD',
    () => new SGD({ momentum: '0.9' as never }),
    'momentum must be a number in [0, 1). Received: "0.9"',
  ],
  [
    'SGD',
    () => new SGD({ nesterov: true }),
    'momentum must be above 0 where nesterov is true. Received: 0',
  ],
  ['Adam', () => new Adam({ beta1: -0.1 }), 'beta1 must be a number in [0, 1). Received: -0.1'],
  ['Adam', () => new Adam({ beta2: NaN }), 'beta2 must be a number in [0, 1). Received: NaN'],
  ['Adam', () => new Adam({ epsilon: 0 }), 'epsilon must be a number above 0. Received: 0'],
])('%s refuses %s', (_, make, message) => {
  try {
    make();
  } catch (error) {
    expect(isGraftError(error) && error.message).toBe(message);
    return;
  }
  expect.unreachable();
});
