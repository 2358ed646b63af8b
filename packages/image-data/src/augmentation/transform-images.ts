// A batch of images changed, each as it is told.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';
import type { ReadingOptions } from './augment-options.js';
import { scaleBrightness } from './brightness.js';
import { shiftChannels } from './channel-shift.js';
import { recolor } from './color-map.js';
import { eraseBoxes } from './erase.js';
import { edges } from './fill-mode.js';
import { geometry } from './geometry.js';
import type { ImageTransform } from './image-transform.js';
import { posterize, sharpen, solarize, stretchChannels } from './tone.js';
import { warpImages, type WarpSettings } from './warp-images.js';

/** In this order: those of Keras first, as there. */
const colors = [
  shiftChannels,
  scaleBrightness,
  recolor,
  stretchChannels,
  sharpen,
  posterize,
  solarize,
  eraseBoxes,
];

/**
 * Keras's `apply_transform` for a batch: all geometry of an image is one affine map, and all images are interpolated at once;
 * what follows is computed for the batch, too, and only where an image has it. Equal images and numbers give equal results on
 * every backend, but for rounding.
 *
 * @param images float32 or int32 [batch, height, width, channels], in 0 … 255
 * @param transforms one for each image
 * @returns float32 of the same shape; the images stay the caller's
 * @throws GraftError when there are not as many transforms as images, or an option is out of range
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { transformImages } from '@graftjs/image-data';
 * const images = tf.tensor4d([1, 2, 3], [1, 1, 3, 1]);
 * transformImages(images, [{ flipHorizontal: true }]).dataSync(); // [3, 2, 1]
 */
export function transformImages(
  images: tf.Tensor4D,
  transforms: readonly ImageTransform[],
  options: ReadingOptions = {},
): tf.Tensor4D {
  const settings = checkReading(options);
  checkImages('images', images);
  const [batch, height, width] = images.shape;
  if (transforms.length !== batch) {
    throw invalidArgument('transforms', `one for each of the ${batch} images`, transforms.length);
  }
  return tf.tidy(() => {
    const maps = transforms.map((transform) => geometry(transform, [height, width]));
    const warped = warpImages(tf.cast(images, 'float32'), maps, settings);
    return colors.reduce((all, change) => change(all, transforms), warped);
  });
}

/** @throws GraftError for what is no batch of images */
export function checkImages(argument: string, images: tf.Tensor): asserts images is tf.Tensor4D {
  if (images.rank !== 4) {
    throw invalidArgument(argument, 'images [batch, height, width, channels]', images.shape);
  }
}

/** @throws GraftError for an option out of range */
export function checkReading(options: ReadingOptions): WarpSettings {
  const { fillMode = 'nearest', cval = 0, interpolationOrder = 1 } = options;
  if (!Object.hasOwn(edges, fillMode)) {
    throw invalidArgument('fillMode', `one of ${Object.keys(edges).join(', ')}`, fillMode);
  }
  if (!Number.isFinite(cval)) throw invalidArgument('cval', 'a finite number', cval);
  if (interpolationOrder !== 0 && interpolationOrder !== 1) {
    throw invalidArgument('interpolationOrder', '0 or 1', interpolationOrder);
  }
  return { fillMode, cval, interpolationOrder };
}
