// Decoding of images by the browser itself.

import { GraftError } from '@graftjs/core';
import type { DecodedImage } from './image.js';
import { formatOf } from './image-format.js';
import { sizeInHeader } from './image-size.js';
import { checkOptions, checkPixels, finishImage, type ImageOptions } from './image-options.js';

/** What comes before the size of a JPEG, its camera's preview among it, is rarely larger. */
const headerBytes = 1 << 20;

/**
 * Decodes a JPEG, PNG, WebP or GIF (its first frame) in a browser or a worker of one: pixels in [0, 255], turned as
 * their EXIF orientation says, resized as Keras's `load_img` does it.
 *
 * Browsers differ from Pillow, and from each other, by some units in the pixels of a JPEG; pixels that are partly
 * transparent lose precision, and fully transparent ones are black. In Node there is `loadImage` in
 * `@graftjs/image-data/node`, which has none of this.
 *
 * @throws GraftError when the bytes are no such image, are damaged, have too many pixels, or an option is out of range
 * @example
 * // In a page:
 * const image = await decodeImage(file, { size: [224, 224], interpolation: 'bilinear' });
 * image.shape; // [224, 224, 3]
 */
export async function decodeImage(blob: Blob, options: ImageOptions = {}): Promise<DecodedImage> {
  const settings = checkOptions(options);
  const name = blob instanceof File && blob.name !== '' ? blob.name : 'image';
  const start = new Uint8Array(await blob.slice(0, headerBytes).arrayBuffer());
  const told = sizeInHeader(start, formatOf(start, name));
  if (told) checkPixels(name, told, settings.maxPixels);
  const bitmap = await decode(blob, name);
  try {
    const { height, width } = bitmap;
    // The header may have told another size, or none.
    checkPixels(name, [height, width], settings.maxPixels);
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (context === null) throw new GraftError('this browser gives no canvas to decode on');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length);
    return finishImage({ data: pixels, shape: [height, width, 4] }, settings);
  } finally {
    bitmap.close();
  }
}

async function decode(blob: Blob, name: string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(blob, {
      premultiplyAlpha: 'none',
      colorSpaceConversion: 'none',
    });
  } catch (error) {
    throw new GraftError(`${name} cannot be decoded: ${(error as Error).message}`);
  }
}
