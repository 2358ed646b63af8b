import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Batch, Dataset } from '@graftjs/core';
import { arrayDataset } from '../array-dataset.js';
import { cutMix } from './cut-mix.js';
import { mixUp } from './mix-up.js';

const SIZE = 10;
/** Image i is i everywhere, and of class i % 3. */
const images = tf.tidy(() =>
  tf.mul(tf.reshape(tf.range(0, 8), [8, 1, 1, 1]), tf.ones([8, SIZE, SIZE, 2])),
);
const classes = tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1], 'int32');
const data = () => arrayDataset({ xs: images, ys: classes, batchSize: 8 });

async function collect(dataset: Dataset): Promise<{ xs: number[][][][][]; ys: number[][][] }> {
  const [xs, ys]: [number[][][][][], number[][][]] = [[], []];
  for await (const batch of dataset) {
    xs.push((await batch.xs.array()) as number[][][][]);
    ys.push((await batch.ys.array()) as number[][]);
    tf.dispose({ ...batch });
  }
  return { xs, ys };
}

describe.each([
  ['mixUp', mixUp],
  ['cutMix', cutMix],
])('%s', (_, mix) => {
  const options = { classes: 3, seed: 5, alpha: 1 };

  it('blends labels as it blends images', async () => {
    const { xs, ys } = await collect(mix(data(), options));
    let mixed = 0;
    xs.forEach((batch, b) =>
      batch.forEach((image, i) => {
        const own = b * 8 + i;
        const values = image.flat(2);
        // The mean tells the shares where two images differ; both channels have the same.
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const label = ys[b]![i]!;
        expect(label.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
        const others = [0, 1, 2, 3, 4, 5, 6, 7].map((k) => b * 8 + k);
        const found = others.some((other) => {
          const share = other === own ? 1 : (mean - other) / (own - other);
          const expected = [0, 0, 0];
          expected[own % 3]! += share;
          expected[other % 3]! += 1 - share;
          return share >= -1e-6 && share <= 1 + 1e-6 && close(expected, label);
        });
        expect(found, `image ${own}: mean ${mean}, label ${label}`).toBe(true);
        if (Math.abs(mean - own) > 1e-3) mixed += 1;
      }),
    );
    expect(mixed).toBeGreaterThan(4);
  });

  it('gives the same for a seed, and something else in each epoch', async () => {
    const [one, two] = [mix(data(), options), mix(data(), options)];
    const first = await collect(one);
    expect(await collect(two)).toEqual(first);
    const second = await collect(one);
    expect(second).not.toEqual(first);
    expect(await collect(two)).toEqual(second);
    expect(await collect(mix(data(), { ...options, seed: 6 }))).not.toEqual(first);
  });

  it('takes probabilities as they are, blends sample weights, and keeps the numbers', async () => {
    const probabilities = tf.oneHot(classes, 3, 1, 0, 'float32');
    const sampleWeights = tf.range(0, 8);
    const weighted = arrayDataset({ xs: images, ys: probabilities, sampleWeights, batchSize: 8 });
    const mixed = mix(weighted, { seed: 5, alpha: 1 });
    expect([mixed.batches, mixed.examples]).toEqual([1, 8]);
    for await (const batch of mixed) {
      // The weight of example i is i, as its image is.
      const means = await tf.mean(batch.xs, [1, 2, 3]).array();
      const weights = await batch.sampleWeights!.array();
      (weights as number[]).forEach((weight, i) =>
        expect(weight).toBeCloseTo((means as number[])[i]!, 4),
      );
      tf.dispose({ ...batch });
    }
  });

  it('leaks nothing, also where the one who takes the batches stops', async () => {
    const source = data();
    const { numTensors } = tf.memory();
    await collect(mix(source, options));
    for await (const batch of mix(source, options)) {
      tf.dispose({ ...batch });
      break;
    }
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it.each([
    [{ alpha: 0 }, 'alpha must be a finite number > 0. Received: 0'],
    [{ seed: 0.5 }, 'seed must be an integer. Received: 0.5'],
    [{ classes: 1 }, 'classes must be an integer of at least 2. Received: 1'],
  ])('refuses %o', (wrong, message) => {
    expect(() => mix(data(), wrong)).toThrow(message);
  });

  it('refuses class indices without their number', async () => {
    await expect(collect(mix(data(), { seed: 1 }))).rejects.toThrow(
      'classes must be given where ys are class indices',
    );
    const probabilities = tf.oneHot(classes, 3, 1, 0, 'float32');
    const given = arrayDataset({ xs: images, ys: probabilities, batchSize: 8 });
    await expect(collect(mix(given, { classes: 3 }))).rejects.toThrow(
      'ys must be class indices [batch] where classes is given. Received: [8,3]',
    );
  });
});

it('cutMix takes a box, all or nothing in each pixel', async () => {
  const { xs } = await collect(cutMix(data(), { classes: 3, seed: 3 }));
  for (const image of xs.flat()) {
    const values = new Set(image.flat(2));
    expect([...values].every(Number.isInteger)).toBe(true);
    expect(values.size).toBeLessThanOrEqual(2);
  }
});

it('cutMix refuses what has no height and width', async () => {
  const flat = arrayDataset({ xs: tf.ones([4, 5]), ys: tf.ones([4, 2]), batchSize: 4 });
  await expect(collect(cutMix(flat))).rejects.toThrow(
    'xs must be images [batch, height, width, channels]. Received: [4,5]',
  );
});

it('the shares of mixUp follow Beta(α, α): its mean and its variance', async () => {
  const alpha = 0.5;
  const pair = (index: number): Batch => ({
    xs: tf.tensor2d([[0], [1]]),
    ys: tf.tensor2d([[index], [index]]),
  });
  const many: Dataset = {
    ...{ batches: 2000, examples: 4000 },
    async *[Symbol.asyncIterator]() {
      for (let i = 0; i < 2000; i++) yield pair(i);
    },
  };
  const shares: number[] = [];
  for await (const { xs, ys } of mixUp(many, { alpha, seed: 1 })) {
    const [first] = await xs.data();
    // Where the order is another one, the first is 1 − λ; else nothing is mixed.
    if (first !== 0) shares.push(first as number);
    tf.dispose([xs, ys]);
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length;
  // Variance 1/(4(2α + 1)) = 0.125: the mean of 1000 deviates by 0.011, the variance by 0.003. Five of these.
  expect(shares.length).toBeGreaterThan(900);
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.056);
  expect(Math.abs(variance - 0.125)).toBeLessThan(0.016);
});

function close(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => Math.abs(value - b[i]!) < 1e-4);
}
