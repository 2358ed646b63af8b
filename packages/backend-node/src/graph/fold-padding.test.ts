import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { importTensorFlow } from '@graftjs/test-utils';
import { registerNodeBackend } from '../register.js';
import { opsOfEqualGraph, withGradients } from './testing/compare-graph.js';

type Convolve = (images: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor;

const plain =
  (stride: number): Convolve =>
  (images, filter) =>
    tf.conv2d(images, filter, stride, 'valid');
const depthwise =
  (stride: number): Convolve =>
  (images, filter) =>
    tf.depthwiseConv2d(images, filter, stride, 'valid');

/** Behind a frame around the images. */
const framed =
  (before: number, after: number, convolve: Convolve, value = 0): Convolve =>
  (images, filter) => {
    const pads = [before, after] as [number, number];
    return convolve(tf.pad4d(images, [[0, 0], pads, pads, [0, 0]], value), filter);
  };

const anotherChannel: Convolve = (images, filter) =>
  plain(1)(tf.pad4d(images, [...Array<[number, number]>(3).fill([0, 0]), [0, 1]] as never), filter);

describe.runIf(await importTensorFlow())('foldPadding', () => {
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
  });

  it.each<[string, Convolve, images: number[], filter: number[]]>([
    ['an even size before a stride', framed(0, 1, depthwise(2)), [2, 8, 8, 3], [3, 3, 3, 1]],
    ['an odd size before a stride', framed(1, 1, depthwise(2)), [2, 7, 7, 3], [3, 3, 3, 2]],
    ['a plain convolution', framed(0, 1, plain(2)), [2, 6, 6, 2], [3, 3, 2, 4]],
    ['zeros that no window reaches', framed(0, 2, plain(2)), [2, 6, 6, 2], [3, 3, 2, 4]],
    ['no stride', framed(1, 1, plain(1)), [1, 5, 4, 2], [3, 3, 2, 4]],
  ])('takes in %s', (_, convolve, images, filter) => {
    const ops = opsOfEqualGraph([images, filter], withGradients(convolve));
    expect(ops.filter((op) => ['PadV2', 'Slice'].includes(op))).toEqual([]);
  });

  it.each<[string, Convolve, images: number[], filter: number[]]>([
    ['zeros on the other side', framed(1, 0, depthwise(2)), [2, 8, 8, 3], [3, 3, 3, 1]],
    ['zeros for another window', framed(0, 3, plain(2)), [2, 6, 6, 2], [3, 3, 2, 4]],
    ['a channel of zeros', anotherChannel, [1, 3, 3, 2], [1, 1, 3, 4]],
  ])('leaves %s', (_, convolve, images, filter) => {
    const ops = opsOfEqualGraph([images, filter], withGradients(convolve));
    expect(ops).toContain('PadV2');
    expect(ops).toContain('Slice');
  });

  it('leaves ones, and takes in the zeros of their gradient', () => {
    const ones = framed(0, 1, depthwise(2), 1);
    const ops = opsOfEqualGraph(
      [
        [2, 8, 8, 3],
        [3, 3, 3, 1],
      ],
      withGradients(ones),
    );
    expect(ops).toContain('PadV2');
    expect(ops).not.toContain('Slice');
  });

  it('leaves the zeros that another op reads, too', () => {
    const ops = opsOfEqualGraph(
      [
        [2, 8, 8, 3],
        [3, 3, 3, 1],
      ],
      (images, filter) => {
        const padded = tf.pad4d(images as tf.Tensor4D, [
          [0, 0],
          [0, 1],
          [0, 1],
          [0, 0],
        ]);
        return [depthwise(2)(padded, filter as tf.Tensor4D), tf.exp(padded)];
      },
    );
    expect(ops).toContain('PadV2');
  });
});
