// What a base makes of photos: computed once, kept for the next run, and fed to the head with the photos' classes.

import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError, isGraftError, type Batch, type Dataset, type State } from '@graftjs/core';
import { cacheFolder } from '@graftjs/core/node';
import { augmentImages } from '@graftjs/image-data';
import {
  imageDataset,
  loadImage,
  type BrokenImage,
  type LabelledImage,
} from '@graftjs/image-data/node';
import { cacheFeatures as keepInMemory, type FeatureDataset } from '@graftjs/transfer';
import { cacheFeatures as keepOnDisk, identifyFiles } from '@graftjs/transfer/node';
import type { Augmentation } from './augmentation.js';
import { countBar } from './count-bar.js';

export interface FeatureSettings {
  readonly size: readonly [number, number];
  readonly batchSize: number;
  readonly seed: number;
  /** Whether each epoch has an order of its own. */
  readonly shuffle: boolean;
  /** How photos are changed at random, and how many variants of each are computed. */
  readonly augmentation?: { readonly options: Augmentation; readonly variants: number } | undefined;
  /** Whether features are kept on the disk. */
  readonly cache: boolean;
}

export interface Watch {
  /** Shown on a terminal; undefined: nothing is. */
  readonly stream: NodeJS.WriteStream | undefined;
  readonly signal: AbortSignal;
}

/** Features as data for a head. */
export interface PhotoFeatures {
  readonly dataset: Dataset;
  /** The photos that could be read, in the order of the others; without `shuffle` that of the data. */
  readonly photos: readonly LabelledImage[];
  readonly broken: readonly BrokenImage[];
  dispose(): Promise<void>;
}

/**
 * @param title what the photos are, for the bar and the error
 * @throws GraftError where no photo can be read
 */
export async function photoFeatures(
  base: LayersModel,
  images: readonly LabelledImage[],
  settings: FeatureSettings,
  title: string,
  { stream, signal }: Watch,
): Promise<PhotoFeatures> {
  const { size, batchSize, seed, shuffle, augmentation, cache } = settings;
  const messages = new Map<string, string>();
  // Features are kept with the places of their photos: which were read is known from that, also when they are found again.
  const places = images.map(({ path }, label) => ({ path, label }));
  const photos = imageDataset({
    ...{ images: places, classes: Math.max(images.length, 2), size, batchSize: 32 },
    onBroken: ({ path, message }) => void messages.set(path, message),
  });
  const variants = augmentation?.variants ?? 1;
  const bar = stream && countBar(stream, title, images.length);
  const options = {
    ...{ variants, batchSize, seed, shuffle, signal },
    ...(augmentation && { augment: augmenter(augmentation.options, seed) }),
    onBatch: (examples: number) => bar?.update(examples),
  };
  try {
    const features = cache
      ? await keepOnDisk(base, photos, {
          ...options,
          folder: join(cacheFolder(), 'features'),
          identity: {
            files: await identifyFiles(images.map(({ path }) => path)),
            ...{ size, interpolation: 'bilinear' },
            ...(augmentation && { augment: augmentation.options, seed }),
          },
        })
      : await keepInMemory(base, photos, options);
    const read = await placesIn(features);
    const left = images.filter((_, place) => !read.has(place));
    const broken = left.map(async ({ path }) => ({
      path,
      message: messages.get(path) ?? (await whatIsWrong(path)),
    }));
    const labels = tf.tensor1d(
      images.map(({ label }) => label),
      'int32',
    );
    return {
      dataset: withLabels(features, labels),
      photos: images.filter((_, place) => read.has(place)),
      broken: await Promise.all(broken),
      async dispose() {
        labels.dispose();
        await features.dispose();
      },
    };
  } catch (error) {
    for (const message of messages.values()) console.error(`graft: left out: ${message}`);
    if (messages.size === images.length) throw new GraftError(`none of the ${title} can be read`);
    throw error;
  } finally {
    bar?.stop();
  }
}

function augmenter(options: Augmentation, seed: number) {
  return (xs: tf.Tensor, { variant, index }: { variant: number; index: number }) =>
    augmentImages(xs as tf.Tensor4D, options, { seed, epoch: variant, index });
}

/** The places of the photos that there are features of; the next epoch is the one that it would have been. */
async function placesIn(features: FeatureDataset): Promise<Set<number>> {
  const state = await stateOf(features);
  const places = new Set<number>();
  for await (const batch of features) {
    for (const place of await batch.ys.data()) places.add(place);
    tf.dispose({ ...batch });
  }
  await features.restoreState?.(state);
  return places;
}

async function whatIsWrong(path: string): Promise<string> {
  try {
    await loadImage(path);
    return `${path} could not be read when its features were computed`;
  } catch (error) {
    if (isGraftError(error)) return error.message;
    throw error;
  }
}

function withLabels(features: FeatureDataset, labels: tf.Tensor1D): Dataset {
  async function* iterate(): AsyncGenerator<Batch> {
    for await (const { xs, ys } of features) {
      const own = tf.gather(labels, ys as tf.Tensor1D);
      ys.dispose();
      yield { xs, ys: own };
    }
  }
  return {
    ...{ batches: features.batches, examples: features.examples },
    [Symbol.asyncIterator]: iterate,
    saveState: () => stateOf(features),
    restoreState: (state) => features.restoreState?.(state),
  };
}

async function stateOf(features: FeatureDataset): Promise<State> {
  return (await features.saveState?.()) ?? null;
}
