// How the data sets of this package hand images on in memory: no tensor is made of what is about to be changed.

import * as tf from '@tensorflow/tfjs-core';
import { batchTensors, invalidArgument, type Batch, type Dataset } from '@graftjs/core';
import type { NumberArray } from './array-data.js';

/** A batch whose images are in memory, each [height, width, channels] by itself. */
export interface PixelBatch {
  readonly images: readonly NumberArray[];
  readonly shape: readonly [height: number, width: number, channels: number];
  /** All but the images. */
  readonly rest: Omit<Batch, 'xs'>;
}

/** Where a data set has an epoch's batches in this form. An iteration is an epoch, as any other. */
export const PIXELS = Symbol('batches whose images are in memory');

export interface PixelSource {
  [PIXELS](): AsyncIterable<PixelBatch>;
}

/** The next epoch of a data set of images. The caller disposes what is not an image; images are only to be read. */
export async function* pixelBatches(data: Dataset): AsyncGenerator<PixelBatch> {
  if (PIXELS in data) {
    yield* (data as unknown as PixelSource)[PIXELS]();
    return;
  }
  for await (const batch of data) {
    const { xs, ...rest } = batch;
    let images: readonly NumberArray[];
    try {
      checkImages('xs', xs);
      images = split(await xs.data<'float32'>(), xs.shape[0]);
    } catch (error) {
      tf.dispose(batchTensors(batch));
      throw error;
    }
    xs.dispose();
    yield { images, shape: xs.shape.slice(1) as [number, number, number], rest };
  }
}

/** Equal parts of an array, without a copy. */
export function split<T extends NumberArray>(values: T, parts: number): T[] {
  const length = values.length / parts;
  return Array.from(
    { length: parts },
    (_, i) => values.subarray(i * length, (i + 1) * length) as T,
  );
}

/** @throws GraftError for what is no batch of images */
export function checkImages(argument: string, images: tf.Tensor): asserts images is tf.Tensor4D {
  if (images.rank !== 4) {
    throw invalidArgument(argument, 'images [batch, height, width, channels]', images.shape);
  }
}
