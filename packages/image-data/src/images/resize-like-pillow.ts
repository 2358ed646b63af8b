// Resizing of decoded images as Pillow does it, and so as Keras's `load_img` does.

import { invalidArgument } from '@graftjs/core';
import { countExamples } from '../array-data.js';
import { multiply255 } from './color-mode.js';
import { checkSize, type DecodedImage, type Size } from './image.js';
import { mixBytes } from './mix-bytes.js';
import {
  pillowInterpolations,
  pillowLines,
  type Interval,
  type PillowInterpolation,
} from './pillow-lines.js';

/** Options of {@link resizeLikePillow}. */
export interface PillowResizeOptions {
  /** Default: `nearest`, as in `load_img`. All others average where the image shrinks. */
  readonly interpolation?: PillowInterpolation;
  /** Whether to cut the middle to the new proportions first, rather than to distort. Default: false. */
  readonly keepAspectRatio?: boolean;
}

/**
 * Resizes as Pillow's `Image.resize` and Keras's `load_img(target_size, interpolation, keep_aspect_ratio)` do, to the
 * byte: first the rows, then the columns, in fixed point, each rounded to a byte. Colours with alpha are weighted by it.
 *
 * Keras's `Resizing` and `image_dataset_from_directory` give other numbers: see {@link resizeImages}.
 *
 * @param image of 1, 3 or 4 channels, of which the fourth is alpha
 * @param size height and width
 * @throws GraftError when the size or the interpolation is unknown, the image is empty, or its data does not fill its shape
 * @example
 * import { resizeLikePillow } from '@graftjs/image-data';
 * const image = { data: Uint8Array.of(0, 100, 200, 100), shape: [1, 4, 1] };
 * resizeLikePillow(image, [1, 2], { interpolation: 'box' }).data; // Uint8Array [50, 150]
 */
export function resizeLikePillow(
  image: DecodedImage,
  size: Size,
  { interpolation = 'nearest', keepAspectRatio = false }: PillowResizeOptions = {},
): DecodedImage {
  checkSize(size);
  countExamples('image', image);
  if (image.data.length === 0) throw invalidArgument('image', 'of at least one pixel', image.shape);
  if (!pillowInterpolations.includes(interpolation)) {
    throw invalidArgument(
      'interpolation',
      `one of ${pillowInterpolations.join(', ')}`,
      interpolation,
    );
  }
  const [height, width, channels] = image.shape;
  const [rows, columns] = size;
  if (height === rows && width === columns) return image;
  const hasAlpha = channels === 4 && interpolation !== 'nearest';
  const source = hasAlpha ? premultiplied(image.data) : image.data;
  const shape = [rows, columns, channels] as const;
  const middle = keepAspectRatio ? middleOf([height, width], size) : ([height, width] as const);
  const data = resizeBytes(source, image.shape, size, interpolation, middle);
  return { data: hasAlpha ? unmultiplied(data) : data, shape };
}

function resizeBytes(
  source: Uint8Array,
  [height, width, channels]: DecodedImage['shape'],
  [rows, columns]: Size,
  interpolation: PillowInterpolation,
  middle: Size,
): Uint8Array {
  let data = source;
  let currentWidth = width;
  const across = (): void => {
    if (columns === width && middle[1] === width) return;
    const lines = pillowLines(interpolation, middleInterval(width, middle[1]), columns);
    data = mixBytes(data, { from: width, inner: channels }, lines);
    currentWidth = columns;
  };
  const down = (): void => {
    if (rows === height && middle[0] === height) return;
    const lines = pillowLines(interpolation, middleInterval(height, middle[0]), rows);
    data = mixBytes(data, { from: height, inner: currentWidth * channels }, lines);
  };
  // Since Pillow 13, and it shows in the rounding.
  const isDownFirst = height > rows && height - rows > 2 * (width - columns);
  for (const pass of isDownFirst ? [down, across] : [across, down]) pass();
  return data;
}

function middleInterval(length: number, part: number): Interval {
  const start = Math.floor((length - part) / 2);
  return { start, end: start + part, length };
}

/** The largest part of an image with the proportions of `size`. */
function middleOf([height, width]: Size, [rows, columns]: Size): Size {
  return [
    Math.min(height, Math.floor((width * rows) / columns)),
    Math.min(width, Math.floor((height * columns) / rows)),
  ];
}

function premultiplied(pixels: Uint8Array): Uint8Array {
  return pixels.map((value, i) => (i % 4 === 3 ? value : multiply255(value, pixels[i | 3]!)));
}

function unmultiplied(pixels: Uint8Array): Uint8Array {
  return pixels.map((value, i) => {
    const alpha = pixels[i | 3]!;
    if (i % 4 === 3 || alpha === 0) return value;
    return Math.min(255, Math.trunc((255 * value) / alpha));
  });
}
