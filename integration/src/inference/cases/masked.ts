// Layers that heed which steps count, and those that hand it on.

import * as graft from '@graftjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, sequential, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { formulaTensor } from '@graftjs/test-utils/formula-weights';
import { called, type Case, type Cases } from './case.js';

const { simpleRNN, lstm, gru, bidirectional } = graft;
const all = { returnSequences: true } as const;

/** Of three texts: one to its end, one with a gap, one of nothing. */
const words = () => tf.tensor2d([[1, 2, 3, 9, 8], [4, 0, 5, 0, 0], [0, 0, 0, 0, 0]], [3, 5], 'int32'); // prettier-ignore

/** Layers on embedded words, where 0 is none. */
function onWords(...all: readonly layers.Layer[]): () => Case {
  return () => {
    const embedding = layers.embedding({ inputDim: 10, outputDim: 4, maskZero: true });
    return { model: chain(embedding, ...all.slice()), inputs: [words()] };
  };
}

function chain(...all: readonly layers.Layer[]) {
  const x = input({ shape: [5], dtype: 'int32' });
  const outputs = all.reduce((y, layer) => layer.apply(y) as SymbolicTensor, x);
  return model({ inputs: x, outputs });
}

/** Cases that make their layers when they are called. */
function ofWords(makers: Readonly<Record<string, () => readonly layers.Layer[]>>): Cases {
  return Object.fromEntries(
    Object.entries(makers).map(([name, make]) => [name, () => onWords(...make())()]),
  );
}

export const masked: Cases = {
  ...ofWords({
    'masked LSTM': () => [lstm({ units: 3, ...all }), layers.dropout({ rate: 0.5 }), lstm({ units: 2 })], // prettier-ignore
    'masked GRU': () => [gru({ units: 3, ...all }), gru({ units: 2, goBackwards: true, resetAfter: false })], // prettier-ignore
    'masked SimpleRNN, 0 where masked': () => [
      simpleRNN({ units: 3, ...all, zeroOutputForMask: true }),
      layers.dense({ units: 3, activation: 'tanh' }),
      simpleRNN({ units: 2, zeroOutputForMask: true, goBackwards: true }),
    ],
    'masked stock layers': () => [
      layers.lstm({ units: 3, returnSequences: true, recurrentInitializer: 'glorotNormal' }),
      layers.bidirectional({
        layer: layers.gru({ units: 2, recurrentInitializer: 'glorotNormal', returnSequences: true }) as never, // prettier-ignore
        mergeMode: 'concat',
      }),
      layers.simpleRNN({ units: 2, recurrentInitializer: 'glorotNormal' }),
    ],
    'masked Bidirectional, TimeDistributed, a mean of steps': () => [
      bidirectional({ layer: lstm({ units: 2, ...all }) }),
      graft.timeDistributed({ layer: layers.dense({ units: 3 }) }),
      graft.rnn({ cell: [graft.gruCell({ units: 3 }), graft.simpleRNNCell({ units: 3 })], ...all }),
      graft.layerNormalization(),
      layers.leakyReLU({ alpha: 0.1 }),
      bidirectional({ layer: gru({ units: 2, ...all }), mergeMode: 'mul' }),
    ],
    'a mask that ends at a layer that does not hand it on': () => [
      layers.conv1d({ filters: 3, kernelSize: 2 }),
      lstm({ units: 2 }),
    ],
    'a mask within a model': () => [
      sequential({ layers: [lstm({ units: 3, ...all, inputShape: [5, 4] })] }),
      gru({ units: 2 }),
    ],
    'a stock mean, which heeds no mask': () => [layers.globalAveragePooling1d()],
  }),
  'GlobalAveragePooling1D and Masking': () => {
    const x = formulaTensor('x', [3, 5, 4], [-2, 2]);
    const counts = tf.tensor([1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0], [3, 5, 1]);
    // Of −1 where a step does not count.
    const marked = tf.sub(tf.mul(tf.add(x, 1), counts), 1);
    const inputs = input({ shape: [5, 4] });
    const [ours] = called(graft.masking({ maskValue: -1 }), inputs);
    const outputs = [
      ours,
      called(graft.globalAveragePooling1d(), ours)[0],
      called(graft.globalAveragePooling1d({ keepdims: true }), ours)[0],
      called(gru({ units: 2 }), called(layers.masking({ maskValue: -1 }), inputs)[0])[0],
    ];
    return { model: model({ inputs, outputs }), inputs: [marked] };
  },
  'masks that are merged': () => {
    const [x, y] = [input({ shape: [5], dtype: 'int32' }), input({ shape: [5], dtype: 'int32' })];
    const embed = (maskZero: boolean) => layers.embedding({ inputDim: 10, outputDim: 4, maskZero });
    const [a] = called(embed(true), x);
    const [b] = called(embed(true), y);
    const [c] = called(embed(false), y);
    const read = (layer: layers.Layer, ...inputs: SymbolicTensor[]) =>
      called(gru({ units: 2 }), called(layer, ...inputs)[0])[0];
    const outputs = [
      read(layers.add(), a, b),
      read(layers.multiply(), a, c),
      read(graft.subtract(), a, b),
      read(layers.concatenate(), a, b),
      read(layers.concatenate(), a, c),
      read(layers.concatenate({ axis: 1 }), a, b, c),
    ];
    return { model: model({ inputs: [x, y], outputs }), inputs: [words(), tf.reverse(words(), 1)] };
  },
  'sentences of masked words': () => {
    const x = input({ shape: [2, 5], dtype: 'int32' });
    const [words] = called(layers.embedding({ inputDim: 10, outputDim: 4, maskZero: true }), x);
    const [sentences] = called(graft.timeDistributed({ layer: gru({ units: 3 }) }), words);
    const given = tf.tensor3d([[[1, 2, 0, 9, 0], [4, 0, 0, 0, 0]]], [1, 2, 5], 'int32'); // prettier-ignore
    return { model: model({ inputs: x, outputs: sentences }), inputs: [given] };
  },
  'initial states, with which ours heed no mask': () => {
    const x = input({ shape: [5], dtype: 'int32' });
    const state = input({ shape: [2] });
    const [a] = called(layers.embedding({ inputDim: 10, outputDim: 4, maskZero: true }), x);
    const stock = layers.gru({ units: 2, recurrentInitializer: 'glorotNormal' });
    const outputs = [called(gru({ units: 2 }), a, state)[0], called(stock, a, state)[0]];
    return { model: model({ inputs: [x, state], outputs }), inputs: [words(), formulaTensor('state', [3, 2], [-1, 1])] }; // prettier-ignore
  },
};
