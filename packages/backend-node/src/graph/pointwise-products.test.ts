import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { importTensorFlow } from '@graftjs/test-utils';
import { registerNodeBackend } from '../register.js';
import { opsOfEqualGraph, withGradients } from './testing/compare-graph.js';

const IMAGES = [2, 4, 3, 5];

describe.runIf(await importTensorFlow())('pointwiseProducts', () => {
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
  });

  const kinds = (ops: readonly string[]) => ops.filter((op) => /^(Conv2D|MatMul)/.test(op)).sort();
  const convolve = (stride: number) => (images: tf.Tensor4D, filter: tf.Tensor4D) =>
    tf.conv2d(images, filter, stride, 'same');

  it('makes a product of each gradient, and leaves the convolution to be joined with what follows', () => {
    const ops = opsOfEqualGraph([IMAGES, [1, 1, 5, 7]], withGradients(convolve(1)));
    expect(kinds(ops)).toEqual(['Conv2D', 'MatMul', 'MatMul']);
  });

  it('makes a product of a convolution that is normalized in training', () => {
    const channels = { gamma: tf.ones([7]), beta: tf.zeros([7]) };
    const ops = opsOfEqualGraph([IMAGES, [1, 1, 5, 7]], (images, filter) => {
      const x = convolve(1)(images as tf.Tensor4D, filter as tf.Tensor4D);
      const inputs = { x, ...channels };
      return tf.engine().runKernel<tf.Tensor[]>('BatchNormTraining', inputs, { epsilon: 0.01 });
    });
    expect(kinds(ops)).toEqual(['MatMul']);
  });

  it.each<[string, stride: number, filter: number[]]>([
    ['a stride', 2, [1, 1, 5, 7]],
    ['a larger window', 1, [1, 2, 5, 7]],
  ])('leaves what has %s', (_, stride, filter) => {
    const ops = opsOfEqualGraph([IMAGES, filter], withGradients(convolve(stride)));
    expect(kinds(ops)).toEqual(['Conv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput']);
  });
});
