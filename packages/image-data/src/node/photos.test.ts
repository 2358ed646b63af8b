// Photographs, where there are some: decoded and resized, they equal what Pillow reads, to the byte.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { findPython } from '../../../../reference/find-python.mjs';
import { resizeLikePillow } from '../images/resize-like-pillow.js';
import { loadImage } from './load-image.js';

interface Pixels {
  readonly shape: number[];
  readonly sha256: string;
  readonly resized: string;
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const folder = process.env.GRAFT_PHOTOS ?? join(root, '../shared/datasets');
const { python, missing } = findPython();
const photos = somePhotos(20);
const reason =
  photos.length === 0 ? `no photos in ${folder} (GRAFT_PHOTOS names another folder)` : missing;
if (reason) console.warn(`Photos are not compared with Pillow: ${reason}`);

it.skipIf(reason)(`of ${photos.length} photos, what Pillow reads`, async () => {
  const script = join(root, 'reference/pixels.py');
  const { stdout } = await promisify(execFile)(python as string, [script, ...photos]);
  const expected = JSON.parse(stdout) as Pixels[];
  const read: Pixels[] = [];
  for (const photo of photos) {
    const image = await loadImage(photo, { exif: false });
    const resized = resizeLikePillow(image, [224, 224], { interpolation: 'bilinear' });
    read.push({
      shape: [...image.shape],
      sha256: sha256(image.data),
      resized: sha256(resized.data),
    });
  }
  expect(read).toEqual(expected);
});

/** From all over the folder: the same ones every time. */
function somePhotos(count: number): string[] {
  if (!existsSync(folder)) return [];
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.jpe?g$/i.test(file))
    .sort();
  const step = Math.max(1, Math.floor(all.length / count));
  return all
    .filter((_, i) => i % step === 0)
    .slice(0, count)
    .map((file) => join(folder, file));
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
