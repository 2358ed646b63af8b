import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '@graftjs/core';
import { imageDataset, type BrokenImage } from './image-dataset.js';
import type { LabelledImage } from './image-folder.js';

let folder: string;
/** Photo i is of the grey 10 · i and of class i % 2; the sizes differ. */
let images: LabelledImage[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-photos-'));
  images = await Promise.all(
    Array.from({ length: 10 }, async (_, i) => {
      const path = join(folder, `${i}.png`);
      const background = { r: 10 * i, g: 10 * i, b: 10 * i };
      const create = { width: 8 + i, height: 20 - i, channels: 3 as const, background };
      await sharp({ create }).png().toFile(path);
      return { path, label: i % 2 };
    }),
  );
});
afterAll(() => rm(folder, { recursive: true }));

const size = [6, 4] as const;

async function collect(dataset: Dataset): Promise<{ photos: number[][]; ys: unknown[] }> {
  const [photos, ys]: [number[][], unknown[]] = [[], []];
  for await (const batch of dataset) {
    expect(batch.xs.shape.slice(1)).toEqual([6, 4, 3]);
    const [highest, lowest] = tf.tidy(() => {
      const flat = tf.reshape(batch.xs, [batch.xs.shape[0] as number, -1]);
      return [tf.max(flat, 1), tf.min(flat, 1)];
    }) as [tf.Tensor, tf.Tensor];
    photos.push((await highest.array()) as number[]);
    // All pixels of a photo are of one grey.
    expect(await lowest.array()).toEqual(photos.at(-1));
    ys.push(await batch.ys.array());
    tf.dispose([batch.xs, batch.ys, highest, lowest]);
  }
  return { photos, ys };
}

describe('imageDataset', () => {
  it('has all photos in batches of one size, in order, with their labels', async () => {
    const dataset = imageDataset({ images, classes: 2, size, batchSize: 4 });
    expect([dataset.batches, dataset.examples]).toEqual([3, 10]);
    const { photos, ys } = await collect(dataset);
    expect(photos).toEqual([
      [0, 10, 20, 30],
      [40, 50, 60, 70],
      [80, 90],
    ]);
    expect(ys).toEqual([
      [0, 1, 0, 1],
      [0, 1, 0, 1],
      [0, 1],
    ]);
  });

  it('shuffles by seed and epoch, labels with photos', async () => {
    const make = (seed: number) =>
      imageDataset({ images, classes: 2, size, batchSize: 5, shuffle: true, seed });
    const [a, b] = [make(1), make(1)];
    const first = await collect(a);
    expect(await collect(b)).toEqual(first);
    expect(await collect(a)).not.toEqual(first);
    expect(await collect(make(2))).not.toEqual(first);
    expect(first.photos.flat().sort((x, y) => x - y)).toEqual(images.map((_, i) => 10 * i));
    expect(first.photos.flat().map((grey) => (grey / 10) % 2)).toEqual(first.ys.flat());
  });

  it.each([
    ['binary', [[0], [1]]],
    [
      'categorical',
      [
        [1, 0],
        [0, 1],
      ],
    ],
  ] as const)('has labels that are %s', async (labelMode, expected) => {
    const two = images.slice(0, 2);
    const { ys } = await collect(imageDataset({ images: two, classes: 2, size, labelMode }));
    expect(ys).toEqual([expected]);
  });

  it('leaves out photos that cannot be read where that is asked for, and says which', async () => {
    const broken = join(folder, 'broken.jpg');
    await writeFile(broken, 'this is text');
    const mixed = [images[0]!, { path: broken, label: 1 }, images[3]!, { path: broken, label: 1 }];
    const told: BrokenImage[] = [];
    const onBroken = (image: BrokenImage) => void told.push(image);
    const options = { images: mixed, classes: 2, size, batchSize: 3 };
    const { photos, ys } = await collect(imageDataset({ ...options, onBroken }));
    expect(photos).toEqual([[0, 30]]);
    expect(ys).toEqual([[0, 1]]);
    expect(told.map(({ path }) => path)).toEqual([broken, broken]);
    expect(told[0]?.message).toContain('broken.jpg');
    await expect(collect(imageDataset(options))).rejects.toThrow('broken.jpg');
  });

  it('ends in good order where the one who takes the batches stops', async () => {
    const { numTensors } = tf.memory();
    for await (const batch of imageDataset({ images, classes: 2, size, batchSize: 2 })) {
      tf.dispose({ ...batch });
      break;
    }
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it.each([
    [{ images: [] }, 'images must be at least one photo. Received: 0'],
    [{ classes: 1 }, 'classes must be an integer of at least 2. Received: 1'],
    [{ batchSize: 0 }, 'batchSize must be a positive integer. Received: 0'],
    [{ size: [0, 4] as const }, 'size must be two positive integers'],
    [{ seed: 0.1 }, 'seed must be an integer. Received: 0.1'],
    [
      { labelMode: 'one-hot' as 'int' },
      'labelMode must be int, binary, categorical, input or none.',
    ],
    [{ classes: 3, labelMode: 'binary' as const }, 'classes must be 2 for the label mode binary.'],
    [{ colorMode: 'cmyk' as 'rgb' }, 'colorMode must be rgb, rgba or grayscale.'],
  ])('refuses %o', (wrong, message) => {
    expect(() => imageDataset({ images, classes: 2, size, ...wrong })).toThrow(message);
  });

  it('refuses a label that is no class', () => {
    const wrong = [{ path: 'x.png', label: 2 }];
    expect(() => imageDataset({ images: wrong, classes: 2, size })).toThrow(
      'images must be labels from 0 to 1. Received: {"path":"x.png","label":2}',
    );
  });
});
