// Decoding of images in Node, by sharp.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { GraftError, invalidArgument, isGraftError } from '@graftjs/core';
import type { Sharp, SharpOptions } from 'sharp';
import { rgbFromCmyk } from '../images/color-mode.js';
import type { DecodedImage } from '../images/image.js';
import { formatOf } from '../images/image-format.js';
import {
  checkOptions,
  checkPixels,
  finishImage,
  type ImageOptions,
} from '../images/image-options.js';
import { explain } from './file-error.js';

/** Options of {@link loadImage}. */
export interface LoadImageOptions extends ImageOptions {
  /** Whether the image is turned as its EXIF orientation says. Default: true; Keras's `load_img` does not. */
  readonly exif?: boolean;
}

/**
 * Reads a JPEG, PNG, WebP or GIF (its first frame): pixels in [0, 255], as Keras's `load_img` gives them, to the byte.
 * Alpha is dropped unless `colorMode` is `rgba`, colour profiles are ignored, and CMYK becomes RGB as Pillow has it.
 *
 * Different from Keras: an image is turned as its EXIF orientation says (unless `exif` is false); of 16 bits the upper
 * eight count, where Pillow makes white of most grey; and a transparent pixel of a GIF is black.
 *
 * It needs the package `sharp`, 0.35 or newer, beside this one.
 *
 * @param source a path, a file URL, or the bytes of a file
 * @throws GraftError when there is no such file, it is no such image, is damaged or cut short, has too many pixels, an
 *   option is out of range, or sharp is not there
 * @example
 * import { loadImage } from '@graftjs/image-data/node';
 * const image = await loadImage('cat.jpg', { size: [224, 224], interpolation: 'bilinear' });
 * image.shape; // [224, 224, 3]
 */
export async function loadImage(
  source: string | URL | Uint8Array,
  options: LoadImageOptions = {},
): Promise<DecodedImage> {
  const name = source instanceof Uint8Array ? 'image' : pathOf(source);
  checkOptions(options);
  return decodeFile(source instanceof Uint8Array ? source : await readImage(name), name, options);
}

/**
 * The same of a file's bytes.
 *
 * @param name for errors
 */
export async function decodeFile(
  bytes: Uint8Array,
  name: string,
  { exif = true, ...options }: LoadImageOptions,
): Promise<DecodedImage> {
  const settings = checkOptions(options);
  formatOf(bytes, name);
  return finishImage(await decode(bytes, name, exif, settings.maxPixels), settings);
}

function pathOf(source: string | URL): string {
  if (typeof source === 'string') return source;
  if (source instanceof URL && source.protocol === 'file:') return fileURLToPath(source);
  throw invalidArgument('source', 'a path, a file URL or the bytes of an image', source);
}

/** @throws GraftError when there is no such file, or it is none */
export async function readImage(name: string): Promise<Uint8Array> {
  try {
    return await readFile(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') {
      throw new GraftError(`${name} is a folder, not an image`);
    }
    const reason = explain(error);
    if (reason === undefined) throw error;
    throw new GraftError(`${name} cannot be read: ${reason}`);
  }
}

async function decode(
  bytes: Uint8Array,
  name: string,
  exif: boolean,
  maxPixels: number,
): Promise<DecodedImage> {
  const sharp = await importSharp();
  const options: SharpOptions = {
    // As in Pillow: a warning is no failure, a file that is cut short is.
    failOn: 'error',
    ignoreIcc: true,
    // Asked below, with both lengths at hand.
    limitInputPixels: false,
  };
  try {
    const { width, height, space } = await sharp(bytes, options).metadata();
    checkPixels(name, [height, width], maxPixels);
    const upright = exif ? sharp(bytes, options).autoOrient() : sharp(bytes, options);
    const isCmyk = space === 'cmyk';
    const { data, info } = await (isCmyk ? keepInks(upright) : upright)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length);
    return isCmyk
      ? { data: rgbFromCmyk(pixels), shape: [info.height, info.width, 3] }
      : { data: pixels, shape: [info.height, info.width, info.channels] };
  } catch (error) {
    if (isGraftError(error)) throw error;
    throw new GraftError(`${name} cannot be decoded: ${firstLine(error)}`);
  }
}

/** Without this, sharp would convert inks by a colour profile. */
function keepInks(image: Sharp): Sharp {
  return image.pipelineColourspace('cmyk').toColourspace('cmyk');
}

async function importSharp(): Promise<(typeof import('sharp'))['default']> {
  try {
    return (await import('sharp')).default;
  } catch (error) {
    throw new GraftError(
      `images are decoded by sharp, which is not to be had (npm install sharp): ${firstLine(error)}`,
    );
  }
}

function firstLine(error: unknown): string {
  return (error as Error).message.replace(/:?\s*(?:\n[^]*)?$/, '');
}
