// What Keras's numbers, in the layer matrix of keras-format, do not show of cells.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { GraftGRUCell, gruCell } from './gru-cell.js';
import { GraftLSTMCell, lstmCell } from './lstm-cell.js';
import { product, type RecurrentCell, type RecurrentCellArgs } from './recurrent-cell.js';
import { rnn } from './rnn.js';
import { GraftSimpleRNNCell, simpleRNNCell } from './simple-rnn-cell.js';

const settings: RecurrentCellArgs = {
  ...{ units: 2, name: 'cell', trainable: false, useBias: false, dropout: 0.1 },
  ...{ activation: 'relu', kernelInitializer: 'heNormal', recurrentRegularizer: 'l1l2' },
  biasConstraint: 'nonNeg',
};
const x = tf.tensor3d([1, -2, 0.5, 3, 0, 1], [1, 3, 2]);

interface Kind {
  make(args: RecurrentCellArgs): RecurrentCell;
  again(config: tf.serialization.ConfigDict): RecurrentCell;
  more: object;
}
const kinds: [string, Kind][] = [
  [
    'SimpleRNNCell',
    {
      make: simpleRNNCell,
      again: (config) => new GraftSimpleRNNCell(config as unknown as RecurrentCellArgs),
      more: {},
    },
  ],
  [
    'LSTMCell',
    {
      make: lstmCell,
      again: (config) => new GraftLSTMCell(config as unknown as RecurrentCellArgs),
      more: { recurrentActivation: 'tanh', unitForgetBias: false },
    },
  ],
  [
    'GRUCell',
    {
      make: gruCell,
      again: (config) => new GraftGRUCell(config as unknown as RecurrentCellArgs),
      more: { recurrentActivation: 'tanh', resetAfter: false },
    },
  ],
];

describe.each(kinds)('%s', (_, { make, again, more }) => {
  it('is made again from its config', () => {
    const config = make({ ...settings, ...more }).getConfig();
    const copy = again(JSON.parse(JSON.stringify(config)) as typeof config);
    expect(copy.getConfig()).toEqual(config);
    expect(config).toMatchObject(more);
  });

  it('takes one step as a layer of it does', () => {
    const cell: RecurrentCell = make({ units: 2 });
    const layer = rnn({ cell, returnState: true, returnSequences: true });
    const [outputs, ...states] = layer.apply(x) as tf.Tensor[];
    let stepped = states.map((state) => tf.zerosLike(state));
    for (const step of tf.unstack(x, 1)) stepped = cell.call([step, ...stepped], {});
    for (const [i, state] of states.entries()) expect(stepped[i]).toBeCloseToTensor(state, 1e-6);
    expect(tf.unstack(outputs as tf.Tensor, 1).at(-1)).toBeCloseToTensor(
      stepped[0] as tf.Tensor,
      1e-6,
    );
  });

  it('drops the same of every step, and others in the next pass', () => {
    const dropped = { units: 2, dropout: 0.5, recurrentDropout: 0.5 };
    const layer = rnn({ cell: make(dropped), returnSequences: true });
    const ones = tf.ones([16, 2, 8]);
    const still = layer.apply(ones) as tf.Tensor;
    expect(still).toBeCloseToTensor(layer.apply(ones) as tf.Tensor, 0);
    const passes = [0, 1].map(() => layer.apply(ones, { training: true }) as tf.Tensor);
    const difference = (a: tf.Tensor, b: tf.Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0];
    expect(difference(passes[0] as tf.Tensor, passes[1] as tf.Tensor)).toBeGreaterThan(1e-3);
    expect(difference(passes[0] as tf.Tensor, still)).toBeGreaterThan(1e-3);
  });
});

it('starts the bias of the forget gate with ones', () => {
  const bias = (unitForgetBias?: boolean) => {
    const cell = lstmCell({ units: 2, ...(unitForgetBias !== undefined && { unitForgetBias }) });
    cell.build([null, 3]);
    return cell.getWeights()[2];
  };
  expect(bias()).toBeCloseToTensor([0, 0, 1, 1, 0, 0, 0, 0]);
  expect(bias(false)).toBeCloseToTensor(tf.zeros([8]));
});

it('drops inputs with their probability, and scales what stays', () => {
  const cell = simpleRNNCell({
    ...{ units: 1, dropout: 0.25, activation: 'linear', useBias: false },
    ...{ kernelInitializer: 'ones', recurrentInitializer: 'zeros' },
  });
  const layer = rnn({ cell, returnSequences: true });
  const [first, second] = tf.unstack(
    layer.apply(tf.ones([4000, 2, 1]), { training: true }) as tf.Tensor,
    1,
  ) as [tf.Tensor, tf.Tensor];
  expect(first).toBeCloseToTensor(second, 0);
  const values = new Set(first.dataSync());
  expect([...values].sort()).toEqual([0, Math.fround(1 / 0.75)]);
  expect(tf.mean(first).dataSync()[0]).toBeCloseTo(1, 1);
});

it('multiplies each gate by what is dropped of its own', () => {
  const masks = [tf.tensor2d([[1, 0]]), tf.tensor2d([[0, 1]])];
  const kernel = tf.tensor2d([
    [1, 2],
    [3, 4],
  ]);
  expect(product(kernel, masks)(tf.tensor2d([[10, 100]]))).toBeCloseToTensor([[10, 400]]);
});

it('says what is wrong', () => {
  expect(() => lstmCell({ units: 0 })).toThrow('units must be a positive integer. Received: 0');
  expect(() => gruCell({ units: 1, dropout: 1 })).toThrow(
    'dropout must be a number ≥ 0 and < 1. Received: 1',
  );
  expect(() => simpleRNNCell({ units: 1, recurrentDropout: -1 })).toThrow(
    'recurrentDropout must be a number ≥ 0 and < 1. Received: -1',
  );
  expect(() => simpleRNNCell({ units: 1 }).build([null, null])).toThrow(
    'inputShape must be known along the last axis. Received: [null,null]',
  );
  expect(() => lstmCell({ units: 1, name: 'a' }).apply(tf.ones([1, 2]))).toThrow(
    'the inputs of layer "a" (GraftLSTMCell) must be an x and 2 states. Received: 1',
  );
});
