// Attention, with and without masks.

import * as graft from '@graftjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { formulaTensor } from '@graftjs/test-utils/formula-weights';
import { called, type Case, type Cases } from './case.js';

/** What layers give of a query [4, 6] and a value [5, 6], and of a key too. */
function onBoth(...makers: readonly (() => layers.Layer)[]): () => Case {
  return () => {
    const [query, value, key] = [4, 5, 5].map((steps) => input({ shape: [steps, 6] })) as [SymbolicTensor, SymbolicTensor, SymbolicTensor]; // prettier-ignore
    const outputs = makers.flatMap((make) => [
      ...called(make(), query, value),
      ...called(make(), query, value, key),
    ]);
    return { model: model({ inputs: [query, value, key], outputs }) };
  };
}

const words = () => tf.tensor2d([[1, 2, 3, 9], [4, 0, 5, 0], [0, 0, 0, 0]], [3, 4], 'int32'); // prettier-ignore

export const ofAttention: Cases = {
  'Attention in all ways': onBoth(
    () => graft.attention({ useScale: true }),
    () => graft.attention({ scoreMode: 'concat', useScale: true, returnAttentionScores: true }),
    () => graft.attention({ useCausalMask: true }),
  ),
  AdditiveAttention: onBoth(
    () => graft.additiveAttention({ useCausalMask: true }),
    () => graft.additiveAttention({ useScale: false, returnAttentionScores: true }),
  ),
  MultiHeadAttention: onBoth(
    () => graft.multiHeadAttention({ numHeads: 2, keyDim: 3, useCausalMask: true }),
    () => graft.multiHeadAttention({ numHeads: 3, keyDim: 2, valueDim: 4, outputShape: 5, useBias: false, returnAttentionScores: true }), // prettier-ignore
    () => graft.multiHeadAttention({ numHeads: 2, keyDim: 3, useGate: true, slidingWindow: 2, dropout: 0.5 }), // prettier-ignore
  ),
  GroupQueryAttention: onBoth(
    () => graft.groupQueryAttention({ headDim: 3, numQueryHeads: 4, numKeyValueHeads: 2 }),
    () => graft.groupQueryAttention({ headDim: 2, numQueryHeads: 2, numKeyValueHeads: 1, useGate: true, useCausalMask: true, returnAttentionScores: true }), // prettier-ignore
  ),
  'attention within images': () => {
    const x = input({ shape: [3, 4, 6] });
    const settings = { numHeads: 2, keyDim: 3, returnAttentionScores: true };
    const outputs = [
      ...called(graft.multiHeadAttention(settings), x, x),
      ...called(graft.multiHeadAttention({ ...settings, attentionAxes: [1] }), x, x),
      ...called(graft.multiHeadAttention({ ...settings, attentionAxes: -2 }), x, x),
    ];
    return { model: model({ inputs: x, outputs }) };
  },
  'attention of sequences of any length': () => {
    const x = input({ shape: [null, 6] as number[] });
    const outputs = [
      called(graft.multiHeadAttention({ numHeads: 2, keyDim: 3 }), x, x)[0],
      called(graft.attention(), x, x)[0],
    ];
    return { model: model({ inputs: x, outputs }) };
  },
  'attention with masks of its inputs': () => {
    const x = input({ shape: [4], dtype: 'int32' });
    const [a] = called(layers.embedding({ inputDim: 10, outputDim: 6, maskZero: true }), x);
    const heads = { numHeads: 2, keyDim: 3 };
    const read = (y: SymbolicTensor) => called(graft.globalAveragePooling1d(), y)[0];
    const outputs = [
      // What is an output, too, tfjs-layers does not dispose of before its time.
      a,
      called(graft.multiHeadAttention({ ...heads, useCausalMask: true }), a, a)[0],
      called(graft.multiHeadAttention({ ...heads, dropout: 0.1 }), a, a)[0],
      read(called(graft.multiHeadAttention(heads), a, a, a)[0]),
      called(graft.attention({ useCausalMask: true }), a, a)[0],
      called(graft.additiveAttention(), a, a)[0],
    ];
    return { model: model({ inputs: x, outputs }), inputs: [words()] };
  },
  'attention with a mask for it': () => {
    const [x, mask] = [input({ shape: [3, 6] }), input({ shape: [3, 3] })];
    const outputs = called(graft.multiHeadAttention({ numHeads: 2, keyDim: 3 }), x, x, x, mask);
    const given = tf.tensor3d([[[1, 0, 1], [0, 1, 0], [1, 1, 1]]]); // prettier-ignore
    return { model: model({ inputs: [x, mask], outputs }), inputs: [formulaTensor('x', [1, 3, 6], [-2, 2]), given] }; // prettier-ignore
  },
  'einsumDense in many ways': () => {
    const x = input({ shape: [3, 4, 5] });
    const make = (
      equation: string,
      outputShape: (number | null)[],
      biasAxes: string | null = null,
    ) => called(graft.einsumDense({ equation, outputShape, biasAxes, activation: 'tanh' }), x)[0];
    const outputs = [
      make('abcd,de->abce', [null, 4, 6], 'e'),
      make('abcd,cdef->abef', [3, 2, 6], 'ef'),
      make('abcd,edc->aeb', [2, 3], 'eb'),
      make('abcd,bde->abe', [3, 2], 'e'),
      make('abcd,cd->abcd', [3, 4, 5]),
      make('abcd,be->ae', [2]),
      make('...d,de->...e', [6], 'e'),
      make('ab...,bc->ac...', [2], 'c'),
    ];
    return { model: model({ inputs: x, outputs }) };
  },
};
