import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { expectNoLeak } from '@graftjs/test-utils';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { preprocessInput, type PreprocessMode } from './preprocess-input.js';

interface Case {
  readonly mode: PreprocessMode;
  readonly output: number[];
}
const fixture = new URL('../../../reference/fixtures/images/preprocess.json', import.meta.url);
const { shape, input, cases } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  shape: [number, number, number, number];
  input: number[];
  cases: Case[];
};

describe.each(cases)('$mode', ({ mode, output }) => {
  it.each(['float32', 'int32'] as const)("is Keras's, of %s", async (dtype) => {
    const images = tf.tensor4d(input, shape, dtype);
    await expectNoLeak(() => {
      const result = preprocessInput(images, mode);
      expect([result.dtype, result.shape]).toEqual(['float32', shape]);
      const error = Math.max(...result.dataSync().map((x, i) => Math.abs(x - output[i]!)));
      expect(error).toBeLessThan(mode === 'caffe' ? 1e-5 : 3e-7);
      result.dispose();
    });
    images.dispose();
  });

  it('takes one image too, and leaves it as it was', async () => {
    const pixels = shape[1] * shape[2] * 3;
    const image = tf.tensor3d(input.slice(0, pixels), [shape[1], shape[2], 3]);
    const result = preprocessInput(image, mode);
    expect(result.dataSync()[0]).toBeCloseTo(output[0]!, 5);
    expect([...image.dataSync()]).toEqual(input.slice(0, pixels));
    tf.dispose([image, result]);
  });
});

it('has the mode of EfficientNet-Lite0, which is exact', () => {
  const images = tf.tensor4d([0, 127, 255, 63], [1, 2, 2, 1], 'int32');
  const result = preprocessInput(images, 'lite');
  expect([...result.dataSync()]).toEqual([-127 / 128, 0, 1, -0.5]);
  tf.dispose([images, result]);
});

it.each<[string, number[], string]>([
  [
    'torch',
    [1, 2, 2, 1],
    'images must be of 3 channels, last, for the mode torch. Received: [1,2,2,1]',
  ],
  ['tf', [2, 2], 'images must be of shape [height, width, 3] or [batch, …]. Received: [2,2]'],
  ['keras', [1, 2, 2, 3], 'mode must be caffe, tf, torch or lite. Received: "keras"'],
  ['toString', [1, 2, 2, 3], 'mode must be caffe, tf, torch or lite. Received: "toString"'],
])('refuses %s of %j', async (mode, shape, message) => {
  const images = tf.zeros(shape);
  await expectNoLeak(() => {
    expect(() => preprocessInput(images, mode as PreprocessMode)).toThrow(message);
  });
  images.dispose();
});
