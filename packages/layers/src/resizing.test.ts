import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { resizing, GraftResizing } from './resizing.js';

const flat = (x: unknown) => Array.from((x as tf.Tensor).dataSync());
const row = tf.tensor4d([0, 8], [1, 1, 2, 1], 'int32');

it('resizes integers too, by centres of pixels', () => {
  const layer = new GraftResizing(resizing({ height: 1, width: 4 }).getConfig() as never);
  expect(flat(layer.apply(row))).toEqual([0, 2, 6, 8]);
  expect(layer.computeOutputShape([null, null, null, 3])).toEqual([null, 1, 4, 3]);
});

it('crops the middle to the new proportions, or pads to them', () => {
  const image = tf.reshape(tf.range(1, 9), [1, 2, 4, 1]);
  const crop = resizing({ height: 2, width: 2, cropToAspectRatio: true });
  expect(flat(crop.apply(image))).toEqual([2, 3, 6, 7]);
  const pad = resizing({ height: 4, width: 4, padToAspectRatio: true, fillValue: 9 });
  expect(flat(pad.apply(image))).toEqual([9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9]);
});

it('has channels first, too', () => {
  const layer = resizing({
    height: 1,
    width: 2,
    interpolation: 'area',
    dataFormat: 'channelsFirst',
  });
  const x = tf.tensor4d([1, 3, 5, 7], [1, 1, 1, 4]);
  expect(flat(layer.apply(x))).toEqual([2, 6]);
  expect(layer.computeOutputShape(x.shape)).toEqual([1, 1, 1, 2]);
});

it.each(['nearest', 'bilinear', 'bicubic', 'lanczos5'] as const)(
  '%s is linear, and its gradient is the transposed map',
  (interpolation) => {
    const layer = resizing({ height: 3, width: 5, interpolation });
    const [x, dy] = [tf.randomNormal([2, 4, 3, 2]), tf.randomNormal([2, 3, 5, 2])];
    const apply = (z: tf.Tensor) => layer.apply(z) as tf.Tensor;
    const gradient = tf.grad((z) => tf.sum(tf.mul(apply(z), dy)))(x);
    // ⟨A x, dy⟩ = ⟨x, Aᵀ dy⟩
    const [forward, backward] = [tf.sum(tf.mul(apply(x), dy)), tf.sum(tf.mul(x, gradient))];
    expect(forward).toBeCloseToTensor(backward, 1e-4);
  },
);

it('refuses lengths and contradictions', () => {
  expect(() => resizing({ height: 0, width: 2 })).toThrow(
    'height must be a positive integer. Received: 0',
  );
  const both = { cropToAspectRatio: true, padToAspectRatio: true };
  expect(() => resizing({ height: 2, width: 2, ...both })).toThrow(
    'padToAspectRatio must be false with cropToAspectRatio. Received: true',
  );
});
