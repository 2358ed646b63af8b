// Against Keras's ops.image.affine_transform: values to 1e-5 of the largest.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers gradients
import { describe, expect, it } from 'vitest';
import { affineTransform, type AffineSettings } from './affine-transform.js';

interface Images {
  shape: [number, number, number, number];
  values: number[];
  maps: number[];
  results: (Omit<AffineSettings, 'fillValue'> & { values: number[] })[];
}

const url = new URL('../../../reference/fixtures/augmentation/affine.json', import.meta.url);
const fixture = JSON.parse(readFileSync(url, 'utf8')) as { fillValue: number; images: Images[] };
const cases = fixture.images.flatMap(({ results, ...images }) =>
  results.map(({ values: expected, ...settings }) => ({ ...images, ...settings, expected })),
);

describe('affineTransform', () => {
  it.each(cases)('is what Keras computes: $fillMode, $interpolation, $shape', (each) => {
    const images = tf.tensor4d(each.values, each.shape);
    const maps = tf.tensor2d(each.maps, [each.shape[0], 6]);
    const result = affineTransform(images, maps, { ...each, fillValue: fixture.fillValue });
    const largest = Math.max(...each.expected.map(Math.abs));
    expect(result).toBeCloseToTensor(tf.tensor4d(each.expected, each.shape), 1e-5 * largest);
  });

  it('has the gradient of what it reads', () => {
    const images = tf.tensor4d([1, 2, 3, 4], [1, 1, 4, 1]);
    const half = tf.tensor2d([[1, 0, 0.25, 0, 1, 0]]);
    const settings = { fillMode: 'constant', interpolation: 'bilinear', fillValue: 0 } as const;
    const gradient = tf.grad((x) => affineTransform(x as tf.Tensor4D, half, settings))(images);
    expect(gradient).toBeCloseToTensor(tf.tensor4d([0.75, 1, 1, 1], [1, 1, 4, 1]), 1e-6);
  });
});
