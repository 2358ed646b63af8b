// The same seed gives the same bits on every backend.

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { augmentImages } from './augment-images.js';
import { transformImages } from './transform-images.js';

const require = createRequire(import.meta.url);
setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`);

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
  // What an op sees.
  const copy = tf.clone(tf.mul(result, 1));
  const values = copy.dataSync<'float32'>();
  tf.dispose([images, result, copy]);
  return values;
}

const hasTensorFlow = await importTensorFlow();

describe('augmentImages', () => {
  afterAll(() => tf.setBackend('cpu'));

  it.each(['wasm', ...(hasTensorFlow ? ['tensorflow'] : [])])(
    'gives the same bits on cpu and %s',
    async (backend) => {
      const onCpu = await variant('cpu');
      expect(new Set(onCpu).size).toBeGreaterThan(100);
      expect(await variant(backend)).toEqual(onCpu);
    },
  );

  it('leaks nothing of wasm memory, nor where it fails', async () => {
    await tf.setBackend('wasm');
    const images = tf.zeros([1, 3, 3, 2]) as tf.Tensor4D;
    await expectNoLeak(() => {
      transformImages(images, [{ theta: 3 }]).dispose();
      expect(() => transformImages(images, [{ color: [{ hue: 0.1 }] }])).toThrow('color must be');
    });
  });
});
