import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readImageFolder, type LabelledImage } from '@graftjs/image-data/node';
import { expectNoLeak } from '@graftjs/test-utils';
import { writeColourPhotos } from '../testing/colour-photos.js';
import { photoFeatures, type FeatureSettings } from './photo-features.js';

let folder = '';
let images: readonly LabelledImage[];
const watch = { stream: undefined, signal: new AbortController().signal };
/** The mean colour of a photo. */
const base = layers.sequential({
  layers: [layers.layers.globalAveragePooling2d({ inputShape: [8, 8, 3], name: 'mean' })],
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-photo-features-'));
  vi.stubEnv('GRAFT_CACHE', join(folder, 'cache'));
  await writeColourPhotos(join(folder, 'photos'), 3);
  await writeFile(join(folder, 'photos/blue/1 text.jpg'), 'no photo');
  ({ images } = await readImageFolder(join(folder, 'photos')));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function features(more: Partial<FeatureSettings> = {}) {
  const settings = { size: [8, 8], batchSize: 4, seed: 1, shuffle: false, cache: true } as const;
  const { dataset, photos, broken, dispose } = await photoFeatures(
    ...([base, images, { ...settings, ...more }, 'photos', watch] as const),
  );
  const [labels, reds]: [number[], number[]] = [[], []];
  for await (const { xs, ys } of dataset) {
    labels.push(...ys.dataSync());
    for (const [red] of (await xs.array()) as number[][]) reds.push(Math.round(red!));
    tf.dispose([xs, ys]);
  }
  await dispose();
  return { labels, reds, photos, broken };
}

it('gives the labels of the photos that can be read, and says which cannot', async () => {
  const { labels, reds, photos, broken } = await features({ cache: false });
  expect(labels).toEqual([0, 0, 0, 1, 1, 1]);
  expect(photos.map(({ label }) => label)).toEqual(labels);
  expect(reds.map((red) => red > 100)).toEqual(labels.map((label) => label === 1));
  expect(broken.map(({ path }) => path)).toEqual([join(folder, 'photos/blue/1 text.jpg')]);
  expect(broken[0]?.message).toMatch(/text.jpg is no JPEG/);
});

it('says the same where the features are found again', async () => {
  const first = await features();
  expect(await readdir(join(folder, 'cache/features'))).toHaveLength(1);
  expect(await features()).toEqual(first);
  expect(await readdir(join(folder, 'cache/features'))).toHaveLength(1);
  expect(await features({ cache: false })).toEqual(first);
});

it('keeps augmented features apart, by what was done', async () => {
  const plain = await features();
  const augmentation = { options: { channelShiftRange: 30 }, variants: 1 };
  const changed = await features({ augmentation });
  expect(changed.reds).not.toEqual(plain.reds);
  expect(await features({ augmentation })).toEqual(changed);
  expect(await features({ augmentation, cache: false })).toEqual(changed);
  expect((await features({ augmentation, seed: 2 })).reds).not.toEqual(changed.reds);
});

it('leaves no tensor behind', async () => {
  await expectNoLeak(() => features({ cache: false, shuffle: true }));
});

it('tells what is wrong where no photo can be read', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  images = images.filter(({ path }) => path.endsWith('text.jpg'));
  await expect(features({ cache: false })).rejects.toThrow('none of the photos can be read');
  expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/left out: .*text.jpg/));
  error.mockRestore();
});
