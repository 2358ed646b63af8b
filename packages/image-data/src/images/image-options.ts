// What loading an image, from wherever, may be asked to do with the pixels.

import { GraftError, invalidArgument } from '@graftjs/core';
import { channelsOf, toColorMode, type ColorMode } from './color-mode.js';
import { checkSize, type DecodedImage, type Size } from './image.js';
import { resizeLikePillow, type PillowResizeOptions } from './resize-like-pillow.js';

/** Options of {@link decodeImage}, and of `loadImage` in `@graftjs/image-data/node`. */
export interface ImageOptions extends PillowResizeOptions {
  /** Height and width to resize to, as Pillow does it. Default: those of the image. */
  readonly size?: Size;
  /** Default: `rgb`. */
  readonly colorMode?: ColorMode;
  /** The most pixels that an image may have before it is resized. Default: 100 million. */
  readonly maxPixels?: number;
}

/** Options that are sound, with their defaults. */
export interface ImageSettings extends ImageOptions {
  readonly colorMode: ColorMode;
  readonly maxPixels: number;
}

/** @throws GraftError when an option is out of range */
export function checkOptions(options: ImageOptions): ImageSettings {
  const { colorMode = 'rgb', maxPixels = 100_000_000 } = options;
  if (options.size) checkSize(options.size);
  if (!Object.hasOwn(channelsOf, colorMode)) {
    throw invalidArgument('colorMode', 'rgb, rgba or grayscale', colorMode);
  }
  if (!(Number.isSafeInteger(maxPixels) && maxPixels > 0)) {
    throw invalidArgument('maxPixels', 'a positive integer', maxPixels);
  }
  return { ...options, colorMode, maxPixels };
}

/** @throws GraftError when an image has too many pixels */
export function checkPixels(name: string, [height, width]: Size, maxPixels: number): void {
  if (height * width <= maxPixels) return;
  throw new GraftError(
    `${name} has ${height} x ${width} pixels, more than maxPixels, ${maxPixels}`,
  );
}

/** Upright pixels of three channels, or of four with alpha, as the options want them. */
export function finishImage(
  { data, shape: [height, width, channels] }: DecodedImage,
  { colorMode, size, ...resizing }: ImageSettings,
): DecodedImage {
  const image: DecodedImage = {
    data: toColorMode(data, channels, colorMode),
    shape: [height, width, channelsOf[colorMode]],
  };
  return size ? resizeLikePillow(image, size, resizing) : image;
}
