// Against Keras's ImageDataGenerator: its statistics and what it makes of images, to 1e-5 of the largest value.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { arrayDataset } from '../array-dataset.js';
import { augmentImages } from './augment-images.js';
import { imageStatistics } from './image-statistics.js';
import { standardize } from './standardize.js';
import { zcaStatistics } from './zca-statistics.js';

interface Case {
  readonly options: Readonly<Record<string, boolean | number>>;
  readonly mean?: number[];
  readonly std?: number[];
  readonly output: number[];
}
const url = new URL(
  '../../../../reference/fixtures/image-generator/standardize.json',
  import.meta.url,
);
const { shape, values, cases } = JSON.parse(readFileSync(url, 'utf8')) as {
  shape: [number, number, number, number];
  values: number[];
  cases: Case[];
};
interface Whitened {
  readonly shape: [number, number, number, number];
  readonly values: number[];
  readonly rescale: number;
  readonly epsilon: number;
  readonly output: number[];
}
const whitened = JSON.parse(readFileSync(new URL('whitened.json', url), 'utf8')) as Whitened[];
const none = { batches: 0, examples: 0, async *[Symbol.asyncIterator]() {} };
const images = tf.tensor4d(values, shape);
const data = (xs: tf.Tensor = images) => {
  const ys = tf.zeros([xs.shape[0] as number]);
  return arrayDataset({ xs, ys, batchSize: 3 });
};
const camelCase = (options: Case['options']) =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );

describe('what Keras computes', () => {
  it.each(cases)('$options', async (each) => {
    const statistics = await imageStatistics(data(), (each.options.rescale ?? 1) as number);
    for (const name of ['mean', 'std'] as const) {
      each[name]?.forEach((value, i) => expect(statistics[name][i]).toBeCloseTo(value, 3));
    }
    const largest = Math.max(...each.output.map(Math.abs));
    await expectNoLeak(() => {
      const result = standardize(images, { ...camelCase(each.options), statistics });
      const expected = tf.tensor4d(each.output, shape);
      expect(result).toBeCloseToTensor(expected, 1e-5 * largest);
      tf.dispose([result, expected]);
    });
  });

  it('has cases with statistics', () => {
    expect(cases.filter(({ mean, std }) => mean && std).length).toBeGreaterThan(1);
  });
});

describe('ZCA whitening is what Keras computes in float64', () => {
  it.each(whitened)('$shape', async (each) => {
    const batch = tf.tensor4d(each.values, each.shape);
    const { rescale } = each;
    const statistics = await zcaStatistics(data(batch), { rescale, epsilon: each.epsilon });
    const options = { rescale, zcaWhitening: true, statistics };
    const expected = tf.tensor4d(each.output, each.shape);
    await expectNoLeak(() => {
      const result = standardize(batch, options);
      expect(result).toBeCloseToTensor(expected, 1e-5 * Math.max(...each.output.map(Math.abs)));
      result.dispose();
    });
    const augmented = augmentImages(batch, options, { seed: 1, epoch: 0, index: 0 });
    expect(augmented).toBeCloseToTensor(expected, 1e-5 * Math.max(...each.output.map(Math.abs)));
  });

  it('refuses what it cannot do', async () => {
    const statistics = await zcaStatistics(data());
    const options = { zcaWhitening: true, statistics };
    expect(() => standardize(images, { ...options, featurewiseStdNormalization: true })).toThrow(
      'featurewiseStdNormalization must be left out with zcaWhitening. Received: true',
    );
    expect(() => standardize(images, { zcaWhitening: true })).toThrow(
      'statistics must be those of zcaStatistics for zcaWhitening. Received: undefined',
    );
    expect(() => standardize(tf.zeros([1, 2, 2, 3]), options)).toThrow(
      'statistics.zcaMatrix must be of 12 x 12 numbers. Received: 324',
    );
    const large = zcaStatistics(data(tf.ones([3, 40, 40, 3])));
    await expect(large).rejects.toThrow('data must be of images with at most 4096 values for ZCA');
    await expect(zcaStatistics(data(), { epsilon: 0 })).rejects.toThrow('epsilon must be a finite');
    await expect(zcaStatistics(data(), { rescale: 0 })).rejects.toThrow('rescale must be a finite');
    await expect(zcaStatistics(none)).rejects.toThrow('statistics need images.');
  });
});

it('calls a function first', () => {
  const options = {
    preprocessingFunction: (x: tf.Tensor4D): tf.Tensor4D => tf.add(x, 1),
    rescale: 2,
  };
  const expected = tf.mul(tf.add(images, 1), 2);
  const place = { seed: 1, epoch: 0, index: 0 };
  expect(augmentImages(images, options, place)).toBeCloseToTensor(expected, 1e-4);
  expect(standardize(images, options)).toBeCloseToTensor(expected, 1e-4);
});

it('refuses statistics of other channels, and data without images', async () => {
  const statistics = { mean: [1, 2], std: [1, 2] };
  expect(() => standardize(images, { featurewiseCenter: true, statistics })).toThrow(
    'statistics.mean must be of 3 channels. Received: [1,2]',
  );
  expect(() => standardize(images, { rescale: 0 })).toThrow(
    'rescale must be a finite number other',
  );
  await expect(imageStatistics(data(tf.ones([2, 3])))).rejects.toThrow('xs must be images');
  await expect(imageStatistics(none)).rejects.toThrow('statistics need images.');
});
