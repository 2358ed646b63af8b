import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { registerNodeBackend } from '../register.js';

interface Product {
  a: number[];
  b: number[];
  transposeA: boolean;
  transposeB: boolean;
  dtype: 'float32' | 'int32';
}

/** Batches of a and b (ranks 2 to 4, sizes that broadcast), and sizes of the matrices. */
const products: fc.Arbitrary<Product> = fc
  .record({
    batches: fc.constantFrom<[number[], number[]][]>(
      ...([
        [[], []],
        [[1], [1]],
        [[3], [3]],
        [[1], [3]],
        [[3], [1]],
        [
          [2, 3],
          [2, 3],
        ],
      ] as [number[], number[]][]),
    ),
    sizes: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 1, max: 4 }))),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    dtype: fc.constantFrom('float32' as const, 'int32' as const),
  })
  .map(({ batches, sizes, ...flags }) => {
    const [m, k, n] = sizes as [number, number, number];
    return {
      ...flags,
      a: [...batches[0], ...(flags.transposeA ? [k, m] : [m, k])],
      b: [...batches[1], ...(flags.transposeB ? [n, k] : [k, n])],
    };
  });

const values = (shape: number[], seed: number) =>
  Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => ((i * 7 + seed * 3) % 11) - 5);

async function on<T>(backend: string, compute: () => T): Promise<T> {
  await tf.setBackend(backend);
  return compute();
}

describe.runIf(await importTensorFlow())('MatMul', () => {
  beforeAll(registerNodeBackend);

  const multiply = ({ a, b, transposeA, transposeB, dtype }: Product) =>
    tf.tidy(() => {
      const product = tf.matMul(
        ...([tf.tensor(values(a, 1), a, dtype), tf.tensor(values(b, 2), b, dtype)] as const),
        ...([transposeA, transposeB] as const),
      );
      return { shape: product.shape, dtype: product.dtype, values: Array.from(product.dataSync()) };
    });

  const gradients = ({ a, b, transposeA, transposeB }: Product) =>
    tf.tidy(() => {
      const loss = (x: tf.Tensor, y: tf.Tensor) =>
        tf.sum(tf.square(tf.matMul(x, y, transposeA, transposeB)));
      return tf
        .grads(loss as (...args: tf.Tensor[]) => tf.Tensor)([
          tf.tensor(values(a, 1), a),
          tf.tensor(values(b, 2), b),
        ])
        .map((gradient) => Array.from(gradient.dataSync()));
    });

  it('gives what the cpu backend gives', async () => {
    await fc.assert(
      fc.asyncProperty(products, async (product) => {
        const expected = await on('cpu', () => multiply(product));
        expect(await on('tensorflow', () => multiply(product))).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('and so do its gradients', async () => {
    const equalBatches = products.filter(
      ({ a, b }) => a.length === b.length && a.slice(0, -2).join() === b.slice(0, -2).join(),
    );
    await fc.assert(
      fc.asyncProperty(equalBatches, async (product) => {
        const expected = await on('cpu', () => gradients(product));
        expect(await on('tensorflow', () => gradients(product))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  // tfjs's cpu backend is wrong here.
  it('broadcasts both batches at once', async () => {
    await tf.setBackend('tensorflow');
    tf.tidy(() => {
      const [a, b] = [
        tf.tensor(values([2, 1, 2, 3], 1), [2, 1, 2, 3]),
        tf.tensor(values([1, 3, 3, 2], 2), [1, 3, 3, 2]),
      ];
      const tiled = tf.matMul(tf.tile(a, [1, 3, 1, 1]), tf.tile(b, [2, 1, 1, 1]));
      expect(tf.matMul(a, b)).toBeCloseToTensor(tiled);
    });
  });

  it('multiplies an empty batch', async () => {
    const shape = await on('tensorflow', () =>
      tf.tidy(() => tf.matMul(tf.zeros([0, 3]), tf.zeros([3, 2])).shape),
    );
    expect(shape).toEqual([0, 2]);
  });

  it('leaks nothing', async () => {
    await tf.setBackend('tensorflow');
    const [a, b] = [tf.ones([1, 2, 3]), tf.ones([1, 3, 2])];
    await expectNoLeak(() => tf.matMul(a, b).dispose());
  });
});
