// The same seed gives the same bits on another backend.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { importTensorFlow } from '@graftjs/test-utils';
import { augmentImages } from './augment-images.js';

const shape = [4, 9, 7, 3] as const;
const pixels = Float32Array.from({ length: 4 * 9 * 7 * 3 }, (_, i) => (i * 37.25) % 256);
const options = {
  ...{ rotationRange: 40, shearRange: 10, zoomRange: 0.3, heightShiftRange: 2, verticalFlip: true },
  ...{ brightnessRange: [0.5, 1.5] as const, channelShiftRange: 30, randAugment: {} },
  ...{ colorJitter: { contrast: 0.4, hue: 0.2 }, samplewiseStdNormalization: true },
};

async function variant(backend: string): Promise<Float32Array> {
  await tf.setBackend(backend);
  // Of a tensor that was computed there, so that it has to be brought.
  const images = tf.add(tf.tensor4d(pixels, [...shape]), 1) as tf.Tensor4D;
  const result = augmentImages(images, options, { seed: 8, epoch: 3, index: 100 });
  const values = result.dataSync<'float32'>();
  tf.dispose([images, result]);
  return values;
}

describe.runIf(await importTensorFlow())('augmentImages', () => {
  afterAll(() => tf.setBackend('cpu'));

  it('gives the same bits on cpu and TensorFlow', async () => {
    const onCpu = await variant('cpu');
    expect(new Set(onCpu).size).toBeGreaterThan(100);
    expect(await variant('tensorflow')).toEqual(onCpu);
  });
});
