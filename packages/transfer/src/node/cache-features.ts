// Features of a frozen base on the disk: computed once, found again in the next run, never taken for others.

import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { invalidArgument, type Dataset } from '@graftjs/core';
import type { CacheFeaturesOptions as MemoryOptions } from '../features/cache-features.js';
import { checkVariants, featureBatches } from '../features/feature-batches.js';
import {
  checkFeatureOptions,
  featureDataset,
  type FeatureDataset,
} from '../features/feature-dataset.js';
import { fileBytes, inspectFile, loadFile, streamFile, type FeatureFile } from './feature-file.js';
import { featureKey } from './feature-key.js';
import { ENDING, makeRoom } from './make-room.js';
import type { RowLayout } from './row-layout.js';
import { writeFeatures } from './write-features.js';

export interface CacheFeaturesOptions extends MemoryOptions {
  /** Where the files go; made where it is missing. */
  readonly folder: string;
  /**
   * All that decides what the data gives: which files (see {@link identifyFiles}), how they are decoded, resized and
   * augmented, the seed. JSON. Features are used again only where this, and the base with its weights, is the same.
   */
  readonly identity: unknown;
  /** Up to so many bytes the features are held in memory, else read from the disk batch by batch. Default 256 MiB. */
  readonly maxMemory?: number;
  /** Up to so many bytes stay in the folder: features that were not used for longest make room. Default 8 GiB. */
  readonly maxDisk?: number;
}

/**
 * What a frozen base makes of the data, as a data set for the head; kept in a folder and found again there. A file appears
 * whole or not at all, and where a run was killed the next one goes on with the example that it had come to.
 *
 * @param base a model with one input and one output
 * @param data gone through once where the features are not there; equal identities must give equal examples, in one order
 * @throws GraftError for another model, an option out of range, a folder that cannot be written, features that are larger
 *   than `maxDisk`, and where the data gives no batch
 * @example
 * import { cacheFeatures, identifyFiles } from '@graftjs/transfer/node';
 * const features = await cacheFeatures(base, photos, {
 *   folder: '.features',
 *   identity: { files: await identifyFiles(images.map(({ path }) => path)), size },
 *   batchSize: 64,
 * });
 */
export async function cacheFeatures(
  base: LayersModel,
  data: Dataset,
  options: CacheFeaturesOptions,
): Promise<FeatureDataset> {
  const { folder, identity, maxMemory = 2 ** 28, maxDisk = 2 ** 33 } = options;
  const settings = checkFeatureOptions(options);
  const variants = checkVariants(options);
  for (const [name, value] of Object.entries({ maxMemory, maxDisk }))
    if (!(value >= 0)) throw invalidArgument(name, 'a number of bytes', value);
  const key = await featureKey(base, { identity, variants });
  const path = join(folder, `${key}${ENDING}`);
  const onLayout = async (layout: RowLayout) => {
    const bytes = fileBytes(layout, data.examples);
    if (bytes > maxDisk)
      throw invalidArgument('maxDisk', `at least ${bytes} bytes for these features`, maxDisk);
    await makeRoom(folder, maxDisk - bytes, key);
  };
  if (!(await completeFile(path))) {
    const from = (known: number) => featureBatches(base, data, { ...options, known });
    await writeFeatures(path, { from, onLayout });
  }
  const file = (await completeFile(path)) as FeatureFile;
  // Used now: others make room first.
  await utimes(path, new Date(), new Date());
  const isHeld = fileBytes(file.layout, file.examples) <= maxMemory;
  return featureDataset(await (isHeld ? loadFile(file) : streamFile(file)), settings);
}

async function completeFile(path: string): Promise<FeatureFile | undefined> {
  const file = await inspectFile(path);
  return file?.complete ? file : undefined;
}
