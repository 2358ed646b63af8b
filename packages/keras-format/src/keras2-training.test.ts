// Keras 2's optimizers as Keras 3 would write them, where the fixtures of tf_keras do not reach.

import { expect, it } from 'vitest';
import type { NamedArray } from './keras-model.js';
import { upgradeTraining } from './keras2-training.js';

const array = (value: number, shape = [1, 1]): NamedArray => ({
  name: `a${value}`,
  shape,
  data: Float32Array.of(value),
});

function upgrade(class_name: unknown, config: unknown, variables: NamedArray[] = []) {
  const training = { compiled: { optimizer: { class_name, config } } };
  const { compiled, optimizer } = upgradeTraining({
    ...training,
    optimizer: { iterations: 3, variables },
  });
  return {
    written: (compiled as typeof training.compiled).optimizer,
    values: optimizer?.variables.map(({ data }) => data[0]),
  };
}

it('gives the rate of an old file its name and place', () => {
  const { written, values } = upgrade('SGD', { lr: 0.5, decay: 0, momentum: 0.9 }, [array(1)]);
  expect(written).toEqual({ class_name: 'SGD', config: { learning_rate: 0.5, momentum: 0.9 } });
  expect(values).toEqual([0.5, 1]);
});

it('makes a schedule of a decay, which is no variable', () => {
  const { written, values } = upgrade('SGD', { lr: 0.5, decay: 0.1, momentum: 0.9 }, [array(1)]);
  expect(written.config).toMatchObject({
    learning_rate: {
      class_name: 'InverseTimeDecay',
      config: { initial_learning_rate: 0.5, decay_steps: 1, decay_rate: 0.1 },
    },
  });
  expect(values).toEqual([1]);
});

const adam = { learning_rate: 0.5, decay: 0 };
const moments = [1, 2, 3, 4].map((value) => array(value));

it.each<[string, object, NamedArray[], number[]]>([
  ['both moments', adam, moments, [1, 3, 2, 4]],
  ['of AMSGrad', { ...adam, amsgrad: true }, [...moments, array(5), array(6)], [1, 3, 2, 4, 5, 6]],
  [
    'and placeholders',
    { ...adam, amsgrad: false },
    [...moments, array(0, [1]), array(0, [1])],
    [1, 3, 2, 4],
  ],
  ['in a number that does not fit', adam, moments.slice(1), [2, 3, 4]],
  ['none', adam, [], []],
])("orders Adam's slots by variable: %s", (_, config, variables, expected) => {
  expect(upgrade('Adam', config, variables).values).toEqual([0.5, ...expected]);
});

it.each(['Adamax', 'Adadelta'])('orders the slots of %s by variable', (name) => {
  expect(upgrade(name, adam, moments).values).toEqual([0.5, 1, 3, 2, 4]);
  expect(upgrade(name, adam, moments.slice(1)).values).toEqual([0.5, 2, 3, 4]);
  expect(upgrade(name, { learning_rate: 0.5 }, moments).values).toEqual([0.5, 1, 2, 3, 4]);
});

it('calls an optimizer whose order of slots it does not know one of Keras 2', () => {
  const { written, values } = upgrade('Custom>Nadam', { learning_rate: 0.5 }, moments);
  expect(written.class_name).toBe('Nadam of Keras 2');
  expect(values).toEqual([0.5, 1, 2, 3, 4]);
});

it.each([null, [], 'x', { optimizer: null }, { optimizer: { class_name: 1, config: {} } }])(
  'leaves what is malformed: %j',
  (compiled) => {
    expect(upgradeTraining({ compiled })).toEqual({ compiled });
  },
);
