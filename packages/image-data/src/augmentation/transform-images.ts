// A batch of images changed, each as it is told.

import type * as tf from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';
import { checkImages, split, type PixelBatch } from '../pixel-source.js';
import type { ReadingOptions } from './augment-options.js';
import { folds } from './fill-mode.js';
import { filledTensor } from './filled-tensor.js';
import type { ImageTransform } from './image-transform.js';
import type { Kernels } from './kernels/kernels.js';
import type { ValueStep } from './kernels/value-step.js';
import { workroom } from './kernels/workroom.js';
import { transformImage } from './transform-image.js';
import type { WarpSettings } from './warp-image.js';

/**
 * Keras's `apply_transform` for a batch: all geometry of an image is one affine map, and it is interpolated once. It is
 * computed in the host's memory, which is quicker than any chain of ops there, and gives the same bits on every backend.
 * Tensors on a WebGPU have to be there before, by `await images.data()`.
 *
 * @param images float32 or int32 [batch, height, width, channels], in 0 … 255
 * @param transforms one for each image
 * @returns float32 of the same shape; the images stay the caller's
 * @throws GraftError when there are not as many transforms as images, a number is not finite, or an option is out of range
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import type * as tf from '@tensorflow/tfjs-core';
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
  const [batch, ...shape] = images.shape;
  if (transforms.length !== batch) {
    throw invalidArgument('transforms', `one for each of the ${batch} images`, transforms.length);
  }
  const broken = transforms.find((transform) => !isFinite(transform));
  if (broken) throw invalidArgument('transforms', 'of finite numbers', broken);
  const pixels = { images: split(images.dataSync<'float32'>(), batch), shape };
  return filledTensor(images.shape, (values) =>
    transformPixels(pixels, transforms, settings, values),
  );
}

/** Whether all numbers are finite, those of what is nested among them. */
function isFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isFinite);
}

/** Does to an image in memory what remains to be done, and more. */
export type Finish = (
  image: Float32Array,
  channels: number,
  kernels: Kernels,
  steps: readonly ValueStep[],
) => void;

const nothingMore: Finish = (image, _, kernels, steps) => kernels.change(image, steps);

/** The same in memory, into an array as long as all images together. Each is finished while it is in the processor's cache. */
export function transformPixels(
  { images, shape: [height, width, channels] }: Pick<PixelBatch, 'images' | 'shape'>,
  transforms: readonly ImageTransform[],
  settings: WarpSettings,
  result: Float32Array,
  finish = nothingMore,
): void {
  const length = height * width * channels;
  const room = workroom(length);
  images.forEach((image, i) => {
    room.from.set(image);
    const transform = transforms[i] as ImageTransform;
    const steps = transformImage(room, { height, width, channels }, transform, settings);
    finish(room.to, channels, room.kernels, steps);
    result.set(room.to, i * length);
  });
}

/** @throws GraftError for an option out of range */
export function checkReading(options: ReadingOptions): WarpSettings {
  const { fillMode = 'nearest', cval = 0, interpolationOrder = 1 } = options;
  if (!Object.hasOwn(folds, fillMode)) {
    throw invalidArgument('fillMode', `one of ${Object.keys(folds).join(', ')}`, fillMode);
  }
  if (!Number.isFinite(cval)) throw invalidArgument('cval', 'a finite number', cval);
  if (interpolationOrder !== 0 && interpolationOrder !== 1) {
    throw invalidArgument('interpolationOrder', '0 or 1', interpolationOrder);
  }
  return { fillMode, cval, interpolationOrder };
}
