// Activations, numbers as categories, and layers that look numbers up.

import * as graft from '@graftjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { called, stacks, type Cases } from './case.js';

const activations = [
  ...['relu', 'relu6', 'sigmoid', 'tanh', 'elu', 'selu', 'softplus', 'softsign', 'swish', 'mish'],
  ...['gelu', 'gelu_new', 'hardSigmoid', 'softmax', 'linear'],
  ...graft.activationNames.map(graft.kerasActivation),
];

export const ofValues: Cases = {
  activations: () => {
    const x = input({ shape: [5] });
    const outputs = activations.map((activation) => {
      const [y] = called(layers.dense({ units: 4 }), x);
      return called(layers.activation({ activation: activation as 'relu' }), y)[0];
    });
    return { model: model({ inputs: x, outputs }) };
  },
  ...stacks([5, 4], {
    'PReLU and its kin': () => [
      layers.prelu({ alphaInitializer: 'glorotNormal' }),
      layers.prelu({ sharedAxes: [1], alphaInitializer: 'glorotNormal' }),
      layers.thresholdedReLU({ theta: -0.5 }),
      layers.elu({}),
    ],
    'ReLU with cap, slope and threshold': () => [
      graft.reLU({ negativeSlope: 0.2, maxValue: 1.5 }),
      graft.reLU({ threshold: 0.1, negativeSlope: 0.1 }),
      graft.reLU({ threshold: 0.2, maxValue: 1 }),
      graft.elu({ alpha: 0.4 }),
    ],
    'Softmax of several axes': () => [
      graft.softmax({ axis: [1, 2] }),
      layers.softmax({ axis: -1 }),
    ],
  }),
  'Dot of vectors and sequences': () => {
    const [a, b] = [input({ shape: [4] }), input({ shape: [4] })];
    const [p, q] = [input({ shape: [3, 4] }), input({ shape: [5, 4] })];
    const [turned] = called(layers.permute({ dims: [2, 1] }), q);
    const dot = (axes: number | [number, number], x: SymbolicTensor, y: SymbolicTensor, normalize = false) => called(layers.dot({ axes, normalize }), x, y)[0]; // prettier-ignore
    const outputs = [
      dot(1, a, b),
      dot(-1, a, b, true),
      dot(2, p, q),
      dot([2, 1], p, turned, true),
      dot([1, 2], a, p),
      dot([2, 1], p, a),
      dot([1, 1], a, turned),
    ];
    return { model: model({ inputs: [a, b, p, q], outputs }) };
  },
  'numbers of words': () => {
    const x = input({ shape: [6] });
    const [embedded] = called(layers.embedding({ inputDim: 10, outputDim: 4, inputLength: 6 }), x);
    const [mean] = called(layers.globalAveragePooling1d(), embedded);
    return {
      model: model({ inputs: x, outputs: called(layers.dense({ units: 2 }), mean) }),
      inputs: [tf.tensor2d([[1, 2, 3, 0, 9, 8]])],
    };
  },
  categories: () => {
    const [x, one] = [input({ shape: [4] }), input({ shape: [1] })];
    // That of tfjs-layers changes the shape of what it is called with.
    const copy = () => called(layers.reshape({ targetShape: [1] }), one)[0];
    const outputs = [
      called(graft.categoryEncoding({ numTokens: 5, outputMode: 'oneHot' }), x)[0],
      called(graft.categoryEncoding({ numTokens: 5, outputMode: 'oneHot' }), one)[0],
      called(graft.categoryEncoding({ numTokens: 5, outputMode: 'count' }), x)[0],
      called(graft.categoryEncoding({ numTokens: 5 }), x)[0],
      called(layers.categoryEncoding({ numTokens: 5 }), copy())[0],
      called(layers.categoryEncoding({ numTokens: 5, outputMode: 'oneHot' }), copy())[0],
    ];
    const numbers = tf.tensor2d([[0, 1, 4, 1], [-0.5, 3.9, 7, -1], [2, 2, 2, 0.1]]); // prettier-ignore
    return { model: model({ inputs: [x, one], outputs }), inputs: [numbers, tf.tensor2d([[3], [0], [4]])] }; // prettier-ignore
  },
  bins: () => {
    const x = input({ shape: [4] });
    const binBoundaries = [-1, 0, 0.5];
    const [bins] = called(graft.discretization({ binBoundaries }), x);
    const outputs = [
      called(layers.embedding({ inputDim: 4, outputDim: 2 }), bins)[0],
      called(graft.discretization({ binBoundaries, outputMode: 'multiHot' }), x)[0],
      called(graft.discretization({ binBoundaries, outputMode: 'oneHot' }), x)[0],
    ];
    return { model: model({ inputs: x, outputs }), inputs: [tf.tensor2d([[-2, -1, -0.9, 0], [0.4, 0.5, 3, -1.1]])] }; // prettier-ignore
  },
};
