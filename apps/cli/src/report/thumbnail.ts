// A photo as a small picture that a page holds in itself.

import sharp from 'sharp';

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
