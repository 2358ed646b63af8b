// A photo as a small picture that a page holds in itself.

import sharp from 'sharp';
import type * as tf from '@tensorflow/tfjs-core';

/** A data: URL of a JPEG of at most so many pixels a side, turned as the camera was held. */
export async function thumbnail(file: string, side = 160): Promise<string> {
  const jpeg = await sharp(file)
    .rotate()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .jpeg({ quality: 75 })
    .toBuffer();
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}

/**
 * A photo in a tensor, as such a URL; the tensor is disposed.
 *
 * @param pixels [height, width, 3], in [0, 255]
 */
export async function pixelsToUrl(pixels: tf.Tensor, side = 160): Promise<string> {
  const [height, width] = pixels.shape as [number, number];
  const data = Uint8Array.from(await pixels.data(), (value) => Math.round(value));
  pixels.dispose();
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 75 })
    .toBuffer();
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}
