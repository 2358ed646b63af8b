// What keras-format does not compare with Keras: shapes, errors, how kernels start.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { einsumDense, GraftEinsumDense } from './einsum-dense.js';
import { parseEinsum } from './einsum-equation.js';

describe('parseEinsum', () => {
  it.each([
    ['abc,cd->abd', 'd', [null, 4, 3], [null, 5], [3, 5], [5], [null, 4, 5]],
    ['...x,xy->...y', null, [null, 2, 3, 7], [5], [7, 5], undefined, [null, 2, 3, 5]],
    ['ab...,bc->ac...', 'c', [null, 3, 2, 6], [5], [3, 5], [5, 1, 1], [null, 5, 2, 6]],
    ['abc,cde->abde', 'e', [null, null, 3], [null, 2, 4], [3, 2, 4], [4], [null, null, 2, 4]],
  ])('knows the lengths of %s', (equation, bias, input, partial, kernel, biasShape, output) => {
    const einsum = parseEinsum(equation, bias, input, partial);
    expect(einsum.kernelShape).toEqual(kernel);
    expect(einsum.biasShape).toEqual(biasShape);
    expect(einsum.outputShape).toEqual(output);
  });

  it.each([
    ['abc,cd', null, [null, 4, 3], [4, 5], 'equation must be such as ab,bc->ac'],
    ['aac,cd->ad', null, [null, 4, 3], [5], 'equation must be such as ab,bc->ac'],
    ['abc,cd->abe', null, [null, 4, 3], [4, 5], 'equation must be such as ab,bc->ac'],
    ['ab,bc->ac', null, [null, 4, 3], [5], 'equation must be for an input of rank 3'],
    ['abc,cd->abd', null, [null, 4, 3], [5], 'outputShape must be as long as the output'],
    [
      'abc,cd->abd',
      null,
      [null, 4, 3],
      [6, 5],
      'outputShape must be 4 along b, as the input. Received: 6',
    ],
    ['abc,cd->abd', 'c', [null, 4, 3], [4, 5], 'biasAxes must be letters of abd. Received: "c"'],
    [
      'abc,cd->abd',
      null,
      [null, 4, null],
      [4, 5],
      'equation must be such that the length along c is known',
    ],
  ])('refuses %s with %s', (equation, bias, input, partial, message) => {
    expect(() => parseEinsum(equation, bias, input, partial)).toThrow(message);
  });
});

it('starts with a variance by the axes that are inputs and outputs', () => {
  const kernelInitializer = {
    className: 'VarianceScaling',
    config: { mode: 'fanIn', distribution: 'uniform' },
  };
  const layer = einsumDense({
    ...{ equation: 'abc,dcb->ad', outputShape: 500, kernelInitializer: kernelInitializer as never },
  });
  layer.build([null, 4, 5]);
  const [kernel] = layer.getWeights() as [tf.Tensor];
  expect(kernel.shape).toEqual([500, 5, 4]);
  // Uniform within √(3/20); 10,000 values come near both ends.
  const limit = Math.sqrt(3 / 20);
  expect(tf.max(kernel).dataSync()[0]).toBeLessThanOrEqual(limit);
  expect(tf.max(kernel).dataSync()[0]).toBeGreaterThan(0.99 * limit);
  expect(tf.min(kernel).dataSync()[0]).toBeLessThan(-0.99 * limit);
});

it('comes back from its config', () => {
  const layer = einsumDense({
    equation: 'ab,bc->ac',
    outputShape: 3,
    biasAxes: 'c',
    activation: 'relu',
  });
  const again = new GraftEinsumDense(layer.getConfig() as never);
  expect(again.getConfig()).toEqual(layer.getConfig());
});
