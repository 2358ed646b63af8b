// For tests: small image files, and what Pillow and Keras's `load_img` read from them.

import { readFileSync } from 'node:fs';
import type { ColorMode } from '../images/color-mode.js';
import type { DecodedImage } from '../images/image.js';

interface Stored {
  readonly shape: [number, number, number];
  readonly pixels: string;
}

/** A file; `upright` is its RGB turned by its EXIF orientation, where it has one. */
export interface ImageFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly read: Readonly<Record<ColorMode, DecodedImage>>;
  readonly upright?: DecodedImage;
}

const fixture = new URL('../../../../reference/fixtures/images/files.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  cases: (Record<ColorMode, Stored> & { name: string; base64: string; upright?: Stored })[];
};

/** All of them, JPEGs, PNGs, WebPs and GIFs of many kinds. */
export const imageFiles: readonly ImageFile[] = cases.map(
  ({ name, base64, rgb, rgba, grayscale, upright }) => ({
    name,
    bytes: bytesOf(base64),
    read: { rgb: image(rgb), rgba: image(rgba), grayscale: image(grayscale) },
    ...(upright && { upright: image(upright) }),
  }),
);

/** The file of a name. */
export function imageFile(name: string): ImageFile {
  const file = imageFiles.find((each) => each.name === name);
  if (!file) throw new Error(`no file ${name} in ${fixture.pathname}`);
  return file;
}

function image({ shape, pixels }: Stored): DecodedImage {
  return { data: bytesOf(pixels), shape };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}
