// What keras-format does not compare with Keras: dropout, arguments, config. Outputs and gradients are compared there.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { additiveAttention, attention, GraftAttention } from './attention.js';
import { GraftGroupQueryAttention, groupQueryAttention } from './group-query-attention.js';
import { GraftMultiHeadAttention, multiHeadAttention } from './multi-head-attention.js';

const shapes = (layer: { apply(x: unknown): unknown }, ...list: number[][]) =>
  [layer.apply(list.map((shape) => input({ shape })))]
    .flat()
    .map((y) => (y as SymbolicTensor).shape);

describe('shapes', () => {
  it('are those of query and value', () => {
    expect(shapes(attention() as never, [4, 3], [5, 3])).toEqual([[null, 4, 3]]);
    const scored = attention({ returnAttentionScores: true });
    expect(shapes(scored as never, [4, 3], [5, 2], [5, 3])).toEqual([
      [null, 4, 2],
      [null, 4, 5],
    ]);
    const heads = { numHeads: 2, keyDim: 6, returnAttentionScores: true };
    expect(shapes(multiHeadAttention(heads) as never, [4, 3], [5, 7])).toEqual([
      [null, 4, 3],
      [null, 2, 4, 5],
    ]);
    const along = multiHeadAttention({ ...heads, attentionAxes: -3 });
    expect(shapes(along as never, [4, 6, 3], [5, 6, 3])).toEqual([
      [null, 4, 6, 3],
      [null, 6, 2, 4, 5],
    ]);
  });
});

describe('dropout', () => {
  const query = tf.ones([50, 4, 3]);
  const value = tf.ones([50, 40, 3]);

  it.each([
    ['attention', attention({ dropout: 0.25 })],
    ['additiveAttention', additiveAttention({ dropout: 0.25 })],
  ])('of %s drops scores in training only', (_, layer) => {
    expect(layer.apply([query, value]) as tf.Tensor).toBeCloseToTensor(query, 1e-5);
    const y = layer.apply([query, value], { training: true }) as tf.Tensor;
    // A sum of 40 equal shares, each of which is dropped or divided by 0.75.
    const { mean, variance } = tf.moments(y);
    expect(Math.abs((mean.dataSync()[0] as number) - 1)).toBeLessThan(0.05);
    expect(variance.dataSync()[0]).toBeGreaterThan(0.5 * (0.25 / 0.75 / 40));
    expect(variance.dataSync()[0]).toBeLessThan(2 * (0.25 / 0.75 / 40));
  });

  it('of multiHeadAttention drops scores in training only', () => {
    const layer = multiHeadAttention({
      numHeads: 1,
      keyDim: 2,
      dropout: 0.25,
      kernelInitializer: 'ones',
    });
    const still = layer.apply([query, value]) as tf.Tensor;
    expect(still).toBeCloseToTensor(tf.fill([50, 4, 3], 6), 1e-4);
    const y = layer.apply([query, value], { training: true }) as tf.Tensor;
    expect(tf.moments(y).variance.dataSync()[0]).toBeGreaterThan(0.1);
  });
});

it('comes back from its config', () => {
  const list = [
    [GraftAttention, attention({ useScale: true, scoreMode: 'concat', useCausalMask: true })],
    [GraftMultiHeadAttention, multiHeadAttention({ numHeads: 2, keyDim: 3, outputShape: [2, 2] })],
    [
      GraftGroupQueryAttention,
      groupQueryAttention({ headDim: 2, numQueryHeads: 4, numKeyValueHeads: 2, slidingWindow: 3 }),
    ],
  ] as const;
  for (const [Class, layer] of list) {
    const again = new Class(layer.getConfig() as never);
    expect(again.getConfig()).toEqual(layer.getConfig());
  }
});

describe('refuses', () => {
  it.each<[string, () => unknown, string]>([
    [
      'dropout',
      () => attention({ dropout: 1 }),
      'dropout must be a number ≥ 0 and < 1. Received: 1',
    ],
    [
      'scoreMode',
      () => attention({ scoreMode: 'x' as never }),
      'scoreMode must be "dot" or "concat". Received: "x"',
    ],
    [
      'keyDim',
      () => multiHeadAttention({ numHeads: 1, keyDim: 0 }),
      'keyDim must be a positive integer. Received: 0',
    ],
    [
      'heads',
      () => groupQueryAttention({ headDim: 2, numQueryHeads: 3, numKeyValueHeads: 2 }),
      'numQueryHeads must be a multiple of the 2 heads of key and value. Received: 3',
    ],
    [
      'one input',
      () => multiHeadAttention({ numHeads: 1, keyDim: 2 }).apply(tf.ones([1, 2, 3])),
      'inputs must be [query, value], and perhaps key and mask. Received: "1 tensors"',
    ],
    [
      'other ranks',
      () => attention().apply([tf.ones([1, 2]), tf.ones([1, 2])]),
      'inputs must be [query, value] or',
    ],
    [
      'axes',
      () =>
        multiHeadAttention({ numHeads: 1, keyDim: 2, attentionAxes: 0 }).apply([
          tf.ones([1, 2, 3]),
          tf.ones([1, 2, 3]),
        ]),
      'attentionAxes must be of 1. Received: [0]',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
