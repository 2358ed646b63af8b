import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { registerNodeBackend } from '../register.js';

const image = () => tf.reshape(tf.range(0, 2 * 5 * 6 * 3), [2, 5, 6, 3]) as tf.Tensor4D;

/** From output to input, between pixels and never half way: a shift beyond the edge, a rotation with scale, a perspective. */
const transforms = {
  shift: [1, 0, 4.3, 0, 1, -3.6, 0, 0],
  rotation: [0.81, -0.47, 1.23, 0.52, 0.93, -1.17, 0, 0],
  perspective: [1, 0.1, -1, 0.05, 1, 0.5, 0.02, 0.01],
};

interface Options {
  matrices: number[][];
  interpolation: 'nearest' | 'bilinear';
  fillMode: 'constant' | 'reflect' | 'wrap' | 'nearest';
  size?: [number, number];
}

const transformed = (images: tf.Tensor4D, { matrices, interpolation, fillMode, size }: Options) =>
  tf.image.transform(images, tf.tensor2d(matrices), interpolation, fillMode, 7, size);

async function expectSame(options: Options, name?: string): Promise<void> {
  await tf.setBackend('cpu');
  // One by one: tfjs's cpu backend leaves all but the first image of a batch blank.
  const expected = tf.tidy(() =>
    tf.unstack(image()).map((one, i) => {
      const matrix = options.matrices[i] ?? (options.matrices[0] as number[]);
      const single = transformed(tf.expandDims(one) as tf.Tensor4D, {
        ...options,
        matrices: [matrix],
      });
      return (single.arraySync() as number[][][][])[0] as number[][][];
    }),
  );
  await tf.setBackend('tensorflow');
  tf.tidy(() => {
    expect(transformed(image(), options), name).toBeCloseToTensor(expected, 1e-4);
  });
}

describe.runIf(await importTensorFlow())('Transform', () => {
  beforeAll(registerNodeBackend);

  for (const interpolation of ['nearest', 'bilinear'] as const) {
    for (const fillMode of ['constant', 'reflect', 'wrap', 'nearest'] as const) {
      it(`gives what the cpu backend gives: ${interpolation}, ${fillMode}`, async () => {
        for (const [name, matrix] of Object.entries(transforms)) {
          const matrices = [matrix, transforms.shift];
          await expectSame({ matrices, interpolation, fillMode }, name);
        }
      });
    }
  }

  it('makes an output of another size, with one transform for all', async () => {
    const matrices = [transforms.rotation];
    await expectSame({ matrices, interpolation: 'bilinear', fillMode: 'constant', size: [3, 8] });
  });

  it('leaks nothing', async () => {
    await tf.setBackend('tensorflow');
    const [images, matrix] = [image(), tf.tensor2d([transforms.shift])];
    await expectNoLeak(() => tf.image.transform(images, matrix).dispose());
  });
});
