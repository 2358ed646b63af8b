import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import type { Batch, Dataset } from '@graftjs/core';
import { expectNoLeak, tensorDataset } from '@graftjs/test-utils';
import { cacheFeatures, type CacheFeaturesOptions } from './cache-features.js';
import type { Augment } from './feature-batches.js';

const base = sequential({
  layers: [layers.dense({ units: 2, inputShape: [1], kernelInitializer: 'ones', name: 'double' })],
});

/** Example i is i, and its target i. */
function counting(examples: number, batchSize: number): Dataset {
  return {
    batches: Math.ceil(examples / batchSize),
    examples,
    async *[Symbol.asyncIterator]() {
      for (let i = 0; i < examples; i += batchSize) {
        const count = Math.min(batchSize, examples - i);
        const ys = tf.range(i, i + count, 1, 'int32');
        yield { xs: tf.tidy(() => tf.reshape(tf.cast(ys, 'float32'), [count, 1])), ys };
      }
    },
  };
}

/** Variant v of example i is i + 100·v; a wrong place would show as another number. */
const hundreds: Augment = (xs, { variant, index }) => {
  const [first] = xs.dataSync();
  return tf.add(xs, 100 * variant + (index - first!));
};

async function readEpoch(data: Dataset): Promise<{ xs: number[]; ys: number[]; sizes: number[] }> {
  const read = { xs: [] as number[], ys: [] as number[], sizes: [] as number[] };
  for await (const { xs, ys } of data) {
    const features = await xs.data();
    for (let i = 0; i < features.length; i += 2) read.xs.push(features[i]!);
    read.ys.push(...(await ys.data()));
    read.sizes.push(xs.shape[0]!);
    expect(ys.dtype).toBe('int32');
    tf.dispose([xs, ys]);
  }
  return read;
}

const options = (more: CacheFeaturesOptions = {}) => ({ batchSize: 4, seed: 3, ...more });

it('gives features with their targets, in an order of its own in each epoch', async () => {
  const features = await cacheFeatures(base, counting(10, 3), options());
  expect(features).toMatchObject({ examples: 10, batches: 3 });
  const epochs = [await readEpoch(features), await readEpoch(features)];
  for (const { xs, ys, sizes } of epochs) {
    expect(sizes).toEqual([4, 4, 2]);
    expect(xs).toEqual(ys);
    expect(ys.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  }
  expect(epochs[0]?.ys).not.toEqual(epochs[1]?.ys);
  const again = await cacheFeatures(base, counting(10, 5), options());
  expect([await readEpoch(again), await readEpoch(again)]).toEqual(epochs);
  const other = await cacheFeatures(base, counting(10, 5), options({ seed: 4 }));
  expect(await readEpoch(other)).not.toEqual(epochs[0]);
});

it('goes through the variants in turn, and tells how far it is', async () => {
  const told: number[] = [];
  const features = await cacheFeatures(base, counting(4, 3), {
    ...options({ variants: 2, augment: hundreds, shuffle: false }),
    onBatch: (examples) => void told.push(examples),
  });
  expect(told).toEqual([3, 4]);
  const first = [0, 1, 2, 3];
  for (const expected of [first, [100, 101, 102, 103], first])
    expect((await readEpoch(features)).xs).toEqual(expected);
});

it('says its state, and goes on from it', async () => {
  const made = [3, 8].map((seed) =>
    cacheFeatures(base, counting(9, 9), options({ seed, variants: 2, augment: hundreds })),
  );
  const [features, other] = await Promise.all(made);
  await readEpoch(features!);
  await other!.restoreState!(await features!.saveState!());
  expect(await readEpoch(other!)).toEqual(await readEpoch(features!));
});

it('leaves nothing behind, also where it fails', async () => {
  await expectNoLeak(async () => {
    const more = { variants: 2, augment: hundreds };
    const features = await cacheFeatures(base, counting(5, 2), options(more));
    await readEpoch(features);
    await features.dispose();
  });
  const stop = new AbortController();
  const onBatch = (examples: number) => examples > 2 && stop.abort(new Error('enough'));
  await expectNoLeak(() =>
    expect(
      cacheFeatures(base, counting(5, 2), {
        ...options({ variants: 2, augment: hundreds, onBatch, signal: stop.signal }),
      }),
    ).rejects.toThrow('enough'),
  );
});

it('keeps sample weights', async () => {
  const weighted: Dataset = {
    ...{ batches: 1, examples: 2 },
    async *[Symbol.asyncIterator](): AsyncGenerator<Batch> {
      yield {
        ...{
          xs: tf.tensor2d([[1], [2]]),
          ys: tf.tensor2d([
            [1, 0],
            [0, 1],
          ]),
        },
        sampleWeights: tf.tensor1d([10, 20]),
      };
    },
  };
  const features = await cacheFeatures(base, weighted, options({ shuffle: false }));
  for await (const { ys, sampleWeights } of features) {
    expect([...sampleWeights!.dataSync()]).toEqual([10, 20]);
    expect(ys.shape).toEqual([2, 2]);
  }
});

it.each<[CacheFeaturesOptions, string]>([
  [{ variants: 0 }, 'variants must be a positive integer. Received: 0'],
  [{ variants: 2 }, 'variants must be 1 where there is no augment. Received: 2'],
  [{ batchSize: 0 }, 'batchSize must be a positive integer. Received: 0'],
  [{ seed: 0.5 }, 'seed must be an integer. Received: 0.5'],
])('refuses %o before it computes', async (wrong, message) => {
  const untouched = tensorDataset(tf.zeros([1, 1]), tf.zeros([1]), 1);
  untouched[Symbol.asyncIterator] = () => {
    throw new Error('it was asked for');
  };
  await expect(cacheFeatures(base, untouched, wrong)).rejects.toThrow(message);
});
