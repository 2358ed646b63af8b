import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '@graftjs/core';
import { expectNoLeak } from '@graftjs/test-utils';
import { arrayDataset } from '../array-dataset.js';
import { augmentImages } from './augment-images.js';
import { augment } from './augment.js';

const xs = tf.randomUniform([10, 6, 6, 3], 0, 255, 'float32', 1) as tf.Tensor4D;
const ys = tf.range(0, 10);
const data = (batchSize: number) => arrayDataset({ xs, ys, sampleWeights: ys, batchSize });
const options = {
  ...{ rotationRange: 40, widthShiftRange: 0.2, horizontalFlip: true, channelShiftRange: 20 },
  ...{ brightnessRange: [0.5, 1.5] as const, randAugment: {}, randomErasing: {}, seed: 5 },
};

async function collect(dataset: Dataset): Promise<{ images: number[]; labels: number[] }> {
  const [images, labels]: [number[], number[]] = [[], []];
  for await (const batch of dataset) {
    images.push(...batch.xs.dataSync());
    labels.push(...batch.ys.dataSync());
    expect(batch.sampleWeights?.dataSync()).toEqual(batch.ys.dataSync());
    tf.dispose({ ...batch });
  }
  return { images, labels };
}

describe('augment', () => {
  it('gives the same for a seed in batches of any size, and something else in each epoch', async () => {
    const [one, two] = [augment(data(4), options), augment(data(3), options)];
    expect([one.batches, one.examples, two.batches]).toEqual([3, 10, 4]);
    const first = await collect(one);
    expect(first.labels).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await collect(two)).toEqual(first);
    const second = await collect(one);
    expect(second.images).not.toEqual(first.images);
    expect(await collect(two)).toEqual(second);
    expect(await collect(augment(data(4), { ...options, seed: 6 }))).not.toEqual(first);
  });

  it('is augmentImages, by the place of each image', async () => {
    const dataset = augment(data(4), options);
    await collect(dataset);
    const second = (await collect(dataset)).images;
    const { seed, ...rest } = options;
    const some = tf.slice(xs, [3, 0, 0, 0], [2, 6, 6, 3]);
    const expected = augmentImages(some, rest, { seed, epoch: 1, index: 3 }).dataSync();
    expect(second.slice(3 * 108, 5 * 108)).toEqual(Array.from(expected));
  });

  it('is the same for images in memory, of which no tensor is made', async () => {
    const values = { data: new Uint8Array(xs.dataSync()), shape: xs.shape };
    const arrays = { xs: values, ys, sampleWeights: ys, batchSize: 4, shuffle: true, seed: 2 };
    const inMemory = arrayDataset(arrays);
    const tensors = arrayDataset({
      ...arrays,
      xs: tf.tensor4d(Float32Array.from(values.data), xs.shape),
    });
    const first = await collect(augment(inMemory, options));
    expect(first).toEqual(await collect(augment(tensors, options)));
    expect(first.labels).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    inMemory.dispose();
  });

  it('goes on from its state, with the order of its data', async () => {
    const make = () =>
      augment(arrayDataset({ xs, ys, sampleWeights: ys, batchSize: 4, shuffle: true }), {
        ...options,
        seed: undefined,
      } as never);
    const [one, two] = [make(), make()];
    await collect(one);
    await two.restoreState!(await one.saveState!());
    expect(await collect(two)).toEqual(await collect(one));
  });

  it('leaves images as they are without options', async () => {
    expect((await collect(augment(data(4), {}))).images).toEqual(Array.from(xs.dataSync()));
  });

  it('takes whole numbers', async () => {
    const whole = arrayDataset({ xs: tf.cast(xs, 'int32'), ys, sampleWeights: ys, batchSize: 10 });
    const { images } = await collect(augment(whole, { rescale: 0.5 }));
    expect(images).toEqual(Array.from(xs.dataSync(), (value) => Math.trunc(value) / 2));
  });

  it('leaks nothing, also where the one who takes the batches stops', async () => {
    await expectNoLeak(() =>
      (async () => {
        await collect(augment(data(4), options));
        for await (const batch of augment(data(4), options)) {
          tf.dispose({ ...batch });
          break;
        }
      })(),
    );
  });

  it('refuses what are no images, and leaks no batch of them', async () => {
    const flat = arrayDataset({ xs: tf.ones([4, 5]), ys: tf.ones([4]), batchSize: 4 });
    await expectNoLeak(async () => {
      const promise = collect(augment(flat, options));
      await expect(promise).rejects.toThrow(
        'xs must be images [batch, height, width, channels]. Received: [4,5]',
      );
    });
  });

  it('refuses options at once', () => {
    expect(() => augment(data(4), { seed: 0.5 })).toThrow('seed must be an integer.');
    expect(() => augment(data(4), { rotationRange: -1 })).toThrow('rotationRange must be');
    expect(() => augment(data(4), { cval: NaN })).toThrow('cval must be a finite number.');
    expect(() => augment(data(4), { featurewiseCenter: true })).toThrow(
      'statistics must be given for the featurewise options',
    );
  });
});
