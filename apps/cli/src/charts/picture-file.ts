// A picture in the file that was asked for: as SVG, as pixels, or as a page.

import { extname } from 'node:path';
import { invalidArgument } from '@graftjs/core';
import { writeWhole } from '@graftjs/core/node';
import { checkOut, makeFolderOf } from '../out-file.js';

const formats = {
  '.svg': (svg: string) => svg,
  '.png': pngOf,
  '.html': pageOf,
} satisfies Readonly<Record<string, (svg: string) => string | Promise<Uint8Array>>>;

/**
 * As `checkOut`, for a picture.
 *
 * @throws GraftError for a file of another kind, or one that cannot be written
 */
export async function checkPictureOut(path: string): Promise<void> {
  if (!Object.hasOwn(formats, extname(path).toLowerCase()))
    throw invalidArgument('--out', 'an .svg, .png or .html file', path);
  await checkOut(path);
}

/** Of a path that {@link checkPictureOut} has let pass. */
export async function writePicture(path: string, svg: string): Promise<void> {
  const convert = formats[extname(path).toLowerCase() as keyof typeof formats];
  const content = await convert(svg);
  await makeFolderOf(path);
  await writeWhole(path, content);
}

/** Twice as many pixels as the picture's own, for screens that have them. */
async function pngOf(svg: string): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(svg), { density: 144 }).png().toBuffer();
}

function pageOf(svg: string): string {
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>graft</title>\n${svg}\n</html>\n`;
}
