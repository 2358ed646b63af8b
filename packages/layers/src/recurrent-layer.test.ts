// What Keras's numbers, in the layer matrix of keras-format, do not show of recurrent layers.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {
  input,
  type layers,
  model,
  sequential,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { gru } from './gru.js';
import { gruCell } from './gru-cell.js';
import { layerFromConfig } from './layer-from-config.js';
import { lstm } from './lstm.js';
import { lstmCell } from './lstm-cell.js';
import { masking } from './masking.js';
import type { RecurrentCell } from './recurrent-cell.js';
import { registerLayers } from './register.js';
import { rnn } from './rnn.js';
import { simpleRNN } from './simple-rnn.js';
import { stackedRNNCells } from './stacked-rnn-cells.js';

const sequences = () => tf.randomNormal([2, 4, 3], 0, 1, 'float32', 5);
const settings = {
  ...{ units: 2, name: 'a', trainable: false, returnSequences: true, returnState: true },
  ...{ goBackwards: true, unroll: true, zeroOutputForMask: true, dropout: 0.5 },
};

describe.each([
  ['SimpleRNN', () => simpleRNN(settings)],
  ['LSTM', () => lstm({ ...settings, unitForgetBias: false })],
  ['GRU', () => gru({ ...settings, resetAfter: false })],
  ['RNN', () => rnn({ ...settings, cell: [lstmCell({ units: 2 }), gruCell({ units: 3 })] })],
])('%s', (_, make) => {
  it('is made again from its config', () => {
    registerLayers();
    const layer = make();
    const config = { className: layer.getClassName(), config: layer.getConfig() };
    const again = layerFromConfig(JSON.parse(JSON.stringify(config)));
    expect(again.getConfig()).toEqual(layer.getConfig());
    expect(again.getConfig()).toMatchObject({ returnSequences: true, zeroOutputForMask: true });
  });

  it('leaks nothing, trained or not', async () => {
    const [x, layer] = [sequences(), make()];
    layer.trainable = true;
    layer.apply(x);
    await expectNoLeak(() => {
      tf.dispose(layer.apply(x) as tf.Tensor[]);
      const loss = () =>
        tf.addN((layer.apply(x, { training: true }) as tf.Tensor[]).map((y) => tf.sum(y)));
      tf.dispose(tf.variableGrads(loss as () => tf.Scalar));
    });
  });
});

it('names weights after the cell, within the layer', () => {
  const layer = lstm({ units: 2, name: 'memory' });
  layer.apply(sequences());
  expect(layer.weights.map(({ originalName }) => originalName)).toEqual([
    'memory/lstm_cell/kernel',
    'memory/lstm_cell/recurrent_kernel',
    'memory/lstm_cell/bias',
  ]);
});

it('penalises what trains', () => {
  const l1 = { kernelInitializer: 'ones', kernelRegularizer: 'l1l2' } as const;
  const layer = rnn({ cell: [gruCell({ units: 1, ...l1 }), lstmCell({ units: 1, ...l1 })] });
  layer.apply(tf.ones([1, 2, 1]));
  const penalty = () => layer.losses.map((loss) => loss().dataSync()[0]);
  const [a, b] = [3 * 0.02, 4 * 0.02];
  expect(penalty()).toEqual([expect.closeTo(a, 6), expect.closeTo(b, 6)]);
  const [, second] = (layer.cell as ReturnType<typeof stackedRNNCells>).cells;
  if (second) second.trainable = false;
  expect(penalty()).toEqual([expect.closeTo(a, 6)]);
  expect([layer.trainableWeights.length, layer.nonTrainableWeights.length]).toEqual([3, 3]);
  layer.trainable = false;
  expect(penalty()).toEqual([]);
  expect([layer.trainableWeights.length, layer.nonTrainableWeights.length]).toEqual([0, 6]);
  layer.trainable = true;
  expect(layer.trainableWeights).toHaveLength(6);
});

it('says of its weights which train, whatever the model around it is told', () => {
  const cell = [gruCell({ units: 1, trainable: false }), lstmCell({ units: 1 })];
  const network = sequential({ layers: [rnn({ cell, inputShape: [4, 3] })] });
  const flags = () => network.layers[0]?.weights.map((weight) => weight.trainable);
  const [half, none] = [[true, true, true, false, false, false], Array<boolean>(6).fill(false)];
  expect(flags()).toEqual(half);
  network.trainable = false;
  expect(flags()).toEqual(none);
  network.trainable = true;
  expect(flags()).toEqual(half);
});

it('gives its weights back when it is disposed', () => {
  const before = tf.memory().numTensors;
  const network = sequential({ layers: [lstm({ units: 2, inputShape: [4, 3] })] });
  expect(tf.memory().numTensors).toBe(before + 3);
  network.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

it('passes a mask on where it gives all steps', () => {
  registerLayers();
  const network = (last: layers.Layer) => {
    const start = input({ shape: [4, 3] });
    const first = lstm({ units: 2, returnSequences: true, kernelInitializer: 'ones' });
    const masked = first.apply(masking().apply(start)) as SymbolicTensor;
    return model({ inputs: start, outputs: last.apply(masked) as SymbolicTensor });
  };
  const x = tf.concat([tf.zeros([2, 1, 3]), tf.slice(sequences(), [0, 0, 0], [2, 3, 3])], 1);
  const shown = network(simpleRNN({ units: 2, biasInitializer: 'ones', returnSequences: true }));
  const [first] = tf.unstack(shown.predict(x) as tf.Tensor, 1);
  expect(first).toBeCloseToTensor(tf.zeros([2, 2]));
});

it('says what is wrong', () => {
  expect(() => lstm({ units: 2 }).apply(tf.ones([2, 3]))).toThrow(
    'inputShape must be [batch, steps, features], the features known. Received: [2,3]',
  );
  const [h] = [tf.ones([2, 2])];
  expect(() => lstm({ units: 2, name: 'a' }).apply([sequences(), h])).toThrow(
    'the initial states of layer "a" (GraftLSTM) must be 2, as its cell has. Received: 1',
  );
  const both = rnn({ cell: [gruCell({ units: 2 }), gruCell({ units: 2 })], name: 'b' });
  expect(() => both.apply([sequences(), h, h])).toThrow(
    'the initial states of layer "b" (GraftRNN) must be left out, since it has several cells. Received: 2',
  );
  const odd = gru({
    ...{ units: 2, name: 'c', unroll: true, goBackwards: true, zeroOutputForMask: true },
    returnSequences: true,
  });
  expect(() => odd.apply(sequences(), { mask: tf.ones([2, 4]) })).toThrow(
    'layer "c" (GraftGRU) cannot have a mask, unroll, goBackwards and zeroOutputForMask at once; Keras zeroes other steps then',
  );
  expect(() => rnn({ cell: lstm({ units: 2 }) as unknown as RecurrentCell })).toThrow(
    'cell must be a cell, or several. Received: ',
  );
  expect(() => stackedRNNCells({ cells: [] })).toThrow(
    'cells must be one or several cells. Received: []',
  );
  expect(() => layerFromConfig({ className: 'Nobody', config: {} })).toThrow(
    'className must be the name of a registered class. Received: "Nobody"',
  );
});
