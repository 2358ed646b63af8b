// Which values DropBlock drops; how many, and by which chance, stands in integration/src/noise-statistics.test.ts.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers gradients
import { expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { dropBlock2d, GraftDropBlock2D } from './drop-block.js';

/** Draws 0, which is always below γ, at the given places, and 1 elsewhere. */
const corners = (places: number[]) => (shape: number[]) =>
  tf.tidy(() => {
    const values = new Float32Array(tf.util.sizeFromShape(shape)).fill(1);
    for (const place of places) values[place] = 0;
    return tf.tensor(values, shape);
  });

it('drops a block from each corner that is drawn, and scales the rest by what there is of it', () => {
  const layer = dropBlock2d({ rate: 0.1, blockSize: [2, 3] });
  // Corners in 3 rows and 2 columns: the second of the first row, the first of the last.
  const y = layer.withNoise(tf.ones([1, 4, 4, 1]), corners([1, 4]));
  const left = 16 / (16 - 12);
  expect(tf.reshape(y, [4, 4])).toBeCloseToTensor(
    [
      [left, 0, 0, 0],
      [left, 0, 0, 0],
      [0, 0, 0, left],
      [0, 0, 0, left],
    ],
    1e-6,
  );
});

it('drops each channel of each image by itself, wherever the channels are', () => {
  const mask = (dataFormat: 'channelsLast' | 'channelsFirst', shape: number[]) => {
    const layer = dropBlock2d({ rate: 0.4, blockSize: 2, dataFormat, seed: 3 });
    const y = layer.apply(tf.ones(shape), { training: true }) as tf.Tensor;
    return tf.cast(tf.equal(y, 0), 'float32');
  };
  const last = tf.transpose(mask('channelsLast', [5, 6, 4, 3]), [0, 3, 1, 2]);
  for (const holes of [last, mask('channelsFirst', [5, 3, 6, 4])]) {
    const maps = tf.reshape(holes, [15, 24]).arraySync() as number[][];
    expect(new Set(maps.map(String)).size).toBeGreaterThan(5);
    // Every hole is made of whole squares.
    const images = tf.reshape(holes, [15, 6, 4, 1]) as tf.Tensor4D;
    const eroded = tf.neg(tf.maxPool(tf.neg(images) as tf.Tensor4D, 2, 1, 'valid')) as tf.Tensor4D;
    const opened = tf.maxPool(
      tf.pad(eroded, [
        [0, 0],
        [1, 1],
        [1, 1],
        [0, 0],
      ]) as tf.Tensor4D,
      2,
      1,
      'valid',
    );
    expect(opened).toBeCloseToTensor(images, 0);
  }
});

it('cuts off a block that is larger than the map, and gives 0 where nothing is left', () => {
  const layer = dropBlock2d({ rate: 0.5, blockSize: 7 });
  const y = layer.withNoise(tf.ones([2, 3, 2, 1]), corners([1]));
  expect(tf.sum(y, [1, 2, 3])).toBeCloseToTensor([12, 0], 1e-5);
  const none = layer.withNoise(tf.ones([1, 3, 2, 1]), corners([0]));
  expect(none).toBeCloseToTensor(tf.zeros([1, 3, 2, 1]), 0);
});

it('with blocks of one value is Dropout', () => {
  const y = dropBlock2d({ rate: 0.25, blockSize: 1 }).withNoise(
    tf.ones([1, 1, 2, 2]),
    // Uniform numbers below the rate, and not.
    () => tf.tensor4d([0.24, 0.25, 0.5, 0.1], [1, 1, 2, 2]),
  );
  expect(tf.reshape(y, [4])).toBeCloseToTensor([0, 2, 2, 0], 1e-6);
});

it('passes its input at other times, hands the gradient on as it hands the values, and leaks nothing', async () => {
  const layer = dropBlock2d({ rate: 0.3, blockSize: 3, seed: 1 });
  const x = tf.randomNormal([2, 6, 6, 2], 0, 1, 'float32', 5);
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor(x, 0);
  const twin = dropBlock2d({ rate: 0.3, blockSize: 3, seed: 1 });
  const y = layer.apply(x, { training: true }) as tf.Tensor;
  const gradient = tf.grad((v) => twin.apply(v, { training: true }) as tf.Tensor)(x);
  expect(tf.mul(gradient, x)).toBeCloseToTensor(y, 1e-5);
  await expectNoLeak(() => void (layer.apply(x, { training: true }) as tf.Tensor).dispose());
});

it('is made again from its config', () => {
  const layer = dropBlock2d({ rate: 0.1, blockSize: 5, seed: 2, dataFormat: 'channelsFirst' });
  const config = layer.getConfig();
  expect(config).toMatchObject({ rate: 0.1, blockSize: [5, 5], seed: 2 });
  expect(new GraftDropBlock2D(config as never).getConfig()).toEqual(config);
});

it.each([
  [{ rate: 1, blockSize: 3 }, 'rate must be a number ≥ 0 and < 1. Received: 1'],
  [{ rate: 0.1, blockSize: 0 }, 'blockSize must be a positive integer, or two. Received: 0'],
  [{ rate: 0.1, blockSize: [3, 1.5] }, 'blockSize must be a positive integer, or two. Received:'],
])('refuses %j', (args, message) => {
  expect(() => dropBlock2d(args as Parameters<typeof dropBlock2d>[0])).toThrow(message);
});
