// Layers of tfjs-layers as functions of uniform numbers; how their noise is distributed stands in
// integration/src/noise-statistics.test.ts.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { drawNormal, noisyLayer } from './noise.js';

/** Draws what is given, number by number. */
function drawing(...numbers: number[]) {
  return (shape: number[]) =>
    tf.tensor(numbers.splice(0, tf.util.sizeFromShape(shape)), shape, 'float32');
}

function expectClose(actual: tf.Tensor, expected: readonly number[]): void {
  const values = Array.from(actual.dataSync());
  expect(values).toEqual(expected.map((value): unknown => expect.closeTo(value, 6)));
}

it('makes normal numbers of uniform ones', () => {
  // √(−2 ln(1 − u)) · cos 2πv; finite where u is 0.
  const [u, v] = [
    [0, 1 - Math.exp(-2), 0.5],
    [0.3, 0.5, 0],
  ] as const;
  const expected = [0, -2, Math.sqrt(2 * Math.LN2)];
  expectClose(drawNormal([3], drawing(...u, ...v)), expected);
});

it.each([
  ['dropout', layers.dropout({ rate: 0.25 }), [0.24, 0.25], [0, 4 / 3]],
  ['spatialDropout1d', layers.spatialDropout1d({ rate: 0.25 }), [0.24], [0, 0]],
  // The normal number is −2.
  ['gaussianNoise', layers.gaussianNoise({ stddev: 0.5 }), [1 - Math.exp(-2), 0, 0.5, 0], [0, 1]],
  [
    'gaussianDropout',
    layers.gaussianDropout({ rate: 0.5 }),
    [1 - Math.exp(-2), 0, 0.5, 0],
    [-1, 1],
  ],
])('%s is a function of what is drawn', (_, layer, numbers, expected) => {
  const noise = noisyLayer(layer);
  const y = noise?.withNoise(tf.ones([1, 2, 1]), drawing(...numbers)) as tf.Tensor;
  expectClose(y, expected);
});

it('knows no other layers, and none that drops nothing or everything', () => {
  for (const layer of [
    layers.dense({ units: 1 }),
    layers.alphaDropout({ rate: 0.5 }),
    layers.dropout({ rate: 0 }),
    layers.gaussianDropout({ rate: 1 }),
  ]) {
    expect(noisyLayer(layer)).toBeUndefined();
  }
});
