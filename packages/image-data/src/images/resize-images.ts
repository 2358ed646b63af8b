// Resizing of images in memory as Keras's Resizing and `keras.ops.image.resize` do it.

import { invalidArgument } from '@graftjs/core';
import { countExamples, type ArrayData } from '../array-data.js';
import { cropToAspectRatio, padToAspectRatio, type Images } from './aspect-ratio.js';
import { checkSize, type Size } from './image.js';
import { interpolations, kerasLines, type Interpolation } from './keras-lines.js';
import { mix } from './lines.js';

/** Options of {@link resizeImages}. */
export interface ResizeOptions {
  /** Default: `bilinear`. */
  readonly interpolation?: Interpolation;
  /** Whether to average over what becomes one pixel when an image shrinks. Default: false. */
  readonly antialias?: boolean;
  /** Whether to crop the middle to the new proportions first, rather than to distort. Default: false. */
  readonly cropToAspectRatio?: boolean;
  /** Whether to pad to the new proportions first. Default: false. */
  readonly padToAspectRatio?: boolean;
  /** What to pad with. Default: 0. */
  readonly fillValue?: number;
}

/**
 * Resizes as Keras's `Resizing`, `keras.ops.image.resize` and `image_dataset_from_directory` do: pixels have their
 * centres at halves, and the result is not rounded. It works on typed arrays, so that it needs no backend and runs in a
 * worker; for tensors there is `graftResizing` in `@graftjs/layers`, which computes the same.
 *
 * @param images [height, width, channels] or [batch, height, width, channels]
 * @param size height and width
 * @returns float32 of the same rank
 * @throws GraftError when the size or the interpolation is unknown, the images are of another rank, or they are to be
 *   cropped and padded
 * @example
 * import { resizeImages } from '@graftjs/image-data';
 * const image = { data: Uint8Array.of(0, 100), shape: [1, 2, 1] };
 * resizeImages(image, [1, 4]).data; // Float32Array [0, 25, 75, 100]
 */
export function resizeImages(
  images: ArrayData,
  size: Size,
  options: ResizeOptions = {},
): ArrayData<Float32Array> {
  const { interpolation = 'bilinear', antialias = false, fillValue = 0 } = options;
  checkSize(size);
  countExamples('images', images);
  if (!interpolations.includes(interpolation)) {
    throw invalidArgument('interpolation', `one of ${interpolations.join(', ')}`, interpolation);
  }
  if (options.cropToAspectRatio && options.padToAspectRatio) {
    throw invalidArgument('padToAspectRatio', 'false with cropToAspectRatio', true);
  }
  let batch = asBatch(images);
  if (options.cropToAspectRatio) batch = cropToAspectRatio(batch, size);
  if (options.padToAspectRatio) batch = padToAspectRatio(batch, size, fillValue);
  const [count, height, width, channels] = batch.shape;
  const [rows, columns] = size;

  const across = mix(
    batch.data,
    { from: width, inner: channels },
    kerasLines(interpolation, width, columns, antialias),
    new Float32Array(count * height * columns * channels),
    unrounded,
  );
  const data = mix(
    across,
    { from: height, inner: columns * channels },
    kerasLines(interpolation, height, rows, antialias),
    new Float32Array(count * rows * columns * channels),
    unrounded,
  );
  const shape = [rows, columns, channels];
  return { data, shape: images.shape.length === 3 ? shape : [count, ...shape] };
}

function asBatch({ data, shape }: ArrayData): Images {
  const [first = 0, second = 0, third = 0, fourth] = shape;
  const sound = shape.every((length) => length > 0);
  if (sound && shape.length === 3) return { data, shape: [1, first, second, third] };
  if (sound && fourth !== undefined && shape.length === 4) {
    return { data, shape: [first, second, third, fourth] };
  }
  throw invalidArgument('images', 'of shape [height, width, channels] or [batch, …]', shape);
}

function unrounded(sum: number): number {
  return sum;
}
