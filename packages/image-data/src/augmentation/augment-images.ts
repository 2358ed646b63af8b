// A batch of images augmented: drawn for, changed, standardized.

import type * as tf from '@tensorflow/tfjs-core';
import { checkImages, split, type PixelBatch } from '../pixel-source.js';
import type { AugmentOptions } from './augment-options.js';
import { checkPlace, planDraws, type ImagePlace } from './draw-transform.js';
import { filledTensor } from './filled-tensor.js';
import { checkStandardize, standardize, standardizeImage } from './standardize.js';
import { checkReading, transformPixels, type Finish } from './transform-images.js';

/** Changes a batch, the first image of which has that place. */
export type AugmentBatch = (
  batch: Pick<PixelBatch, 'images' | 'shape'>,
  first: ImagePlace,
) => tf.Tensor4D;

/** Checks options once, for many batches. @throws GraftError for an option out of range */
export function planAugmentation(options: AugmentOptions): AugmentBatch {
  const draw = planDraws(options);
  const settings = checkReading(options);
  checkStandardize(options);
  return (batch, { index, ...place }) => {
    const { images, shape } = batch;
    const transforms = images.map((_, i) =>
      draw([shape[0], shape[1]], { ...place, index: index + i }),
    );
    const whole = [images.length, ...shape] as tf.Tensor4D['shape'];
    const changed = (finish?: Finish) =>
      filledTensor(whole, (values) => transformPixels(batch, transforms, settings, values, finish));
    if (!options.preprocessingFunction) {
      return changed((image, channels, kernels, steps) =>
        standardizeImage(image, channels, options, kernels, steps),
      );
    }
    const images4d = changed();
    try {
      return standardize(images4d, options);
    } finally {
      images4d.dispose();
    }
  };
}

/**
 * Augments a batch of images: what is drawn for each follows from seed, epoch and its place alone, so that it does not matter
 * how images are put into batches.
 *
 * @param images float32 or int32 [batch, height, width, channels], in 0 … 255; they stay the caller's
 * @param first the place of the first image; those that follow have the next indices
 * @returns float32 of the same shape
 * @throws GraftError for an option or a place out of range
 * @example
 * import { augmentImages } from '@graftjs/image-data';
 * const variant = augmentImages(images, { horizontalFlip: true }, { seed: 1, epoch: 0, index: 0 });
 */
export function augmentImages(
  images: tf.Tensor4D,
  options: AugmentOptions,
  first: ImagePlace,
): tf.Tensor4D {
  checkPlace(first);
  checkImages('images', images);
  const [batch, ...shape] = images.shape;
  const pixels = { images: split(images.dataSync<'float32'>(), batch), shape };
  return planAugmentation(options)(pixels, first);
}
