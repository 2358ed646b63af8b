// Recurrent layers without masks.

import * as graft from '@graftjs/layers';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { called, stacks, type Case } from './case.js';

const { simpleRNN, lstm, gru, bidirectional } = graft;
const all = { returnSequences: true } as const;
type Activation = 'relu';

/** A layer with its states, given first and gone on with by another one. */
function withStates(
  make: (options: { returnState: boolean; returnSequences: boolean }) => layers.Layer,
): () => Case {
  return () => {
    const [x, y] = [input({ shape: [5, 4] }), input({ shape: [3, 4] })];
    const [last, ...states] = called(make({ returnState: true, returnSequences: false }), x);
    const [whole, ...after] = called(make({ returnState: true, returnSequences: true }), y, ...states); // prettier-ignore
    return { model: model({ inputs: [x, y], outputs: [last, ...states, whole, ...after] }) };
  };
}

export const ofCells = {
  ...stacks([5, 4], {
    'SimpleRNN, stock and ours': () => [
      layers.simpleRNN({ units: 3, returnSequences: true, recurrentInitializer: 'glorotNormal' }),
      simpleRNN({ units: 3, ...all, activation: 'relu', goBackwards: true }),
      simpleRNN({ units: 2, useBias: false, activation: 'linear' }),
    ],
    'LSTM, stock and ours': () => [
      layers.lstm({ units: 3, returnSequences: true, recurrentInitializer: 'glorotNormal' }),
      lstm({ units: 4, ...all, activation: 'softsign' }),
      lstm({ units: 2, goBackwards: true, useBias: false }),
    ],
    'GRU, stock and ours, that resets before or after': () => [
      layers.gru({ units: 3, returnSequences: true, recurrentInitializer: 'glorotNormal' }),
      gru({ units: 4, ...all, resetAfter: false, goBackwards: true }),
      gru({ units: 3, ...all, activation: 'elu' }),
      gru({ units: 2, useBias: false, recurrentActivation: graft.kerasActivation('hard_sigmoid') }),
    ],
    'activations that ONNX has no recurrent form of': () => [
      simpleRNN({ units: 3, ...all, activation: 'swish' as Activation }),
      lstm({ units: 3, ...all, activation: 'selu', recurrentActivation: 'relu6', goBackwards: true }), // prettier-ignore
      gru({ units: 3, ...all, activation: 'mish' as Activation }),
      gru({ units: 3, activation: 'selu', resetAfter: false }),
    ],
    'several cells': () => [
      graft.rnn({
        cell: [graft.gruCell({ units: 3 }), graft.lstmCell({ units: 4 }), graft.simpleRNNCell({ units: 2 })], // prettier-ignore
        ...{ ...all, goBackwards: true },
      }),
      layers.rnn({
        cell: layers.stackedRNNCells({
          cells: [layers.gruCell({ units: 3, recurrentInitializer: 'glorotNormal' }), layers.lstmCell({ units: 2, recurrentInitializer: 'glorotNormal' })], // prettier-ignore
        }) as never,
      }),
    ],
    'Bidirectional, merged in all ways': () => [
      bidirectional({ layer: lstm({ units: 3, ...all }) }),
      bidirectional({ layer: gru({ units: 3, ...all }), mergeMode: 'sum' }),
      bidirectional({ layer: simpleRNN({ units: 3, ...all }), mergeMode: 'mul' }),
      bidirectional({ layer: lstm({ units: 3, ...all, goBackwards: true }), backwardLayer: gru({ units: 3, ...all }), mergeMode: 'ave' }), // prettier-ignore
      layers.bidirectional({
        layer: layers.simpleRNN({ units: 2, recurrentInitializer: 'glorotNormal' }) as never,
        mergeMode: 'concat',
      }),
    ],
    'TimeDistributed, stock and ours': () => [
      graft.timeDistributed({ layer: layers.dense({ units: 6, activation: 'relu' }) }),
      layers.timeDistributed({ layer: layers.reshape({ targetShape: [2, 3] }) }),
      graft.timeDistributed({ layer: lstm({ units: 3 }) }),
      graft.timeDistributed({ layer: graft.batchNormalization() }),
    ],
  }),
  ...stacks([null, 4], {
    'sequences of any length': () => [
      bidirectional({ layer: gru({ units: 3, ...all }) }),
      lstm({ units: 2, ...all, goBackwards: true }),
      gru({ units: 2, activation: 'selu' }),
    ],
  }),
  ...stacks([3, 6, 5, 2], {
    'TimeDistributed of images': () => [
      graft.timeDistributed({ layer: graft.conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }) }), // prettier-ignore
      graft.timeDistributed({ layer: layers.maxPooling2d({ poolSize: 2 }) }),
      graft.timeDistributed({ layer: layers.flatten() }),
      graft.timeDistributed({ layer: layers.dense({ units: 3 }) }),
    ],
  }),
  ConvLSTM2D: (): Case => {
    const x = input({ shape: [3, 6, 5, 2] });
    const settings = { recurrentInitializer: 'glorotNormal', returnState: true } as const;
    const make = (options: object) =>
      layers.convLstm2d({ filters: 3, kernelSize: 2, ...settings, ...options });
    const [last, ...states] = called(make({ strides: 2, padding: 'same', useBias: false }), x);
    const [all] = called(make({ goBackwards: true, returnSequences: true, dilationRate: 2 }), x);
    return { model: model({ inputs: x, outputs: [last, ...states, all] }) };
  },
  'the states of a SimpleRNN': withStates((options) => simpleRNN({ units: 3, ...options })),
  'the states of a GRU': withStates((options) => gru({ units: 3, ...options })),
  'the states of an LSTM': withStates((options) => lstm({ units: 3, ...options })),
  'the states of a stock LSTM': withStates((options) =>
    layers.lstm({ units: 3, ...options, recurrentInitializer: 'glorotNormal' }),
  ),
  'the states of several cells': (): Case => {
    const x = input({ shape: [5, 4] });
    const stacked = layers.stackedRNNCells({
      cells: [layers.lstmCell({ units: 3, recurrentInitializer: 'glorotNormal' }), layers.gruCell({ units: 2, recurrentInitializer: 'glorotNormal' })], // prettier-ignore
    });
    const cell = [graft.lstmCell({ units: 3 }), graft.gruCell({ units: 2 })];
    const outputs = [
      ...called(layers.rnn({ cell: stacked as never, returnState: true }), x),
      ...called(graft.rnn({ cell, returnState: true, returnSequences: true }), x),
    ];
    return { model: model({ inputs: x, outputs }) };
  },
  'the states of Bidirectional, and both outputs': (): Case => {
    const x = input({ shape: [5, 4] });
    const layer = () => gru({ units: 3, ...all, returnState: true });
    const [first, ...states] = called(bidirectional({ layer: layer(), mergeMode: 'sum' }), x);
    const again = called(bidirectional({ layer: layer(), mergeMode: null }), x, ...states);
    return { model: model({ inputs: x, outputs: [first, ...states, ...again] }) };
  },
  'a layer that is called twice': (): Case => {
    const [x, y] = [input({ shape: [5, 4] }), input({ shape: [4, 4] })];
    const layer = lstm({ units: 3 });
    const outputs = [x, y].map((each) => layer.apply(each) as SymbolicTensor);
    return { model: model({ inputs: [x, y], outputs }) };
  },
};
