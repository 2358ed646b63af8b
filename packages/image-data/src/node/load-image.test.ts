import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { resizeLikePillow } from '../images/resize-like-pillow.js';
import { xoshiro128 } from '../random.js';
import { imageFile, imageFiles } from '../testing/image-files.js';
import { temporaryFolder } from '../testing/synthetic-set.js';
import { loadImage, type LoadImageOptions } from './load-image.js';

const photo = imageFile('rgb.jpg');
const modes = ['rgb', 'rgba', 'grayscale'] as const;

describe.each(imageFiles.map((file) => [file.name, file] as const))('%s', (_, file) => {
  it.each(modes)('is what Keras reads, to the byte: %s', async (colorMode) => {
    const image = await loadImage(file.bytes, { colorMode, exif: false });
    expect(image).toEqual(file.read[colorMode]);
  });
});

const turned = imageFiles.filter(({ upright }) => upright);
it.each(turned.map((file) => [file.name, file] as const))('turns %s upright', async (_, file) => {
  expect(await loadImage(file.bytes)).toEqual(file.upright);
});

it('reads a path and a file URL, and resizes', async () => {
  const path = join(await temporaryFolder(), 'photo.jpg');
  await writeFile(path, photo.bytes);
  const options = { size: [8, 8], interpolation: 'bicubic', keepAspectRatio: true } as const;
  const expected = resizeLikePillow(photo.read.rgb, [8, 8], options);
  expect(await loadImage(path, options)).toEqual(expected);
  expect(await loadImage(pathToFileURL(path), options)).toEqual(expected);
});

it('ignores a colour profile, as Pillow does', async () => {
  const { data, shape } = photo.read.rgb;
  const raw = { width: shape[1], height: shape[0], channels: 3 } as const;
  const tagged = await sharp(data, { raw }).withIccProfile('p3').png().toBuffer();
  const { icc } = await sharp(tagged).metadata();
  expect(icc?.length).toBeGreaterThan(0);
  const plain = await sharp(tagged, { ignoreIcc: true }).png().toBuffer();
  expect(await loadImage(tagged)).toEqual(await loadImage(plain));
});

describe('refuses', () => {
  const text = new TextEncoder().encode('no image at all');

  it.each<[string, Uint8Array, LoadImageOptions, string]>([
    ['no bytes', new Uint8Array(), {}, 'image is empty: 0 bytes'],
    ['text', text, {}, 'image is no JPEG, PNG, WebP or GIF image: it begins with 6e 6f 20 69'],
    [
      'an SVG',
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      {},
      'image is no JPEG, PNG, WebP or GIF image: it begins with 3c 73 76 67',
    ],
    [
      'too many pixels',
      photo.bytes,
      { maxPixels: 493 },
      'image has 19 x 26 pixels, more than maxPixels, 493',
    ],
    [
      'no limit',
      photo.bytes,
      { maxPixels: 0 },
      'maxPixels must be a positive integer. Received: 0',
    ],
    [
      'another mode',
      photo.bytes,
      { colorMode: 'cmyk' as 'rgb' },
      'colorMode must be rgb, rgba or grayscale. Received: "cmyk"',
    ],
    [
      'another size',
      photo.bytes,
      { size: [8, 0] },
      'size must be two positive integers, height and width. Received: [8,0]',
    ],
    [
      'another interpolation',
      photo.bytes,
      { size: [8, 8], interpolation: 'area' as 'box' },
      'interpolation must be one of nearest, bilinear, bicubic, lanczos, box, hamming. Received: "area"',
    ],
  ])('%s', async (_, bytes, options, message) => {
    await expect(loadImage(bytes, options)).rejects.toThrow(new RegExp(`^${escaped(message)}$`));
  });

  it('a bomb, before it is decoded', async () => {
    // A small PNG that says it is a large one.
    const bomb = Buffer.from(imageFile('rgb.png').bytes);
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(20_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    await expect(loadImage(bomb)).rejects.toThrow(
      'image has 20000 x 30000 pixels, more than maxPixels, 100000000',
    );
  });

  it.each(['rgb.jpg', 'progressive.jpg', 'rgb.png', 'still.gif', 'lossy.webp', 'lossless.webp'])(
    '%s that is cut short, in one line',
    async (name) => {
      const { bytes } = imageFile(name);
      for (const length of [13, 40, 150, bytes.length >> 1, bytes.length - 20]) {
        await expect(loadImage(bytes.subarray(0, length))).rejects.toThrow(
          /^image cannot be decoded: [^\n]*[^:\s]$/,
        );
      }
    },
  );

  it('what is no file', async () => {
    const folder = await temporaryFolder();
    const missing = join(folder, 'missing.jpg');
    await expect(loadImage(missing)).rejects.toThrow(`${missing} cannot be read: ENOENT`);
    const huge = join(await temporaryFolder(), 'huge.jpg');
    await writeFile(huge, '');
    // Of zeros that take no place on the disk.
    await truncate(huge, 3 * 2 ** 30);
    await expect(loadImage(huge)).rejects.toThrow(`${huge} cannot be read: File size`);
    const album = join(folder, 'album.jpg');
    await mkdir(album);
    await expect(loadImage(album)).rejects.toThrow(`${album} is a folder, not an image`);
    const note = join(folder, 'note.jpg');
    await writeFile(note, text);
    await expect(loadImage(note)).rejects.toThrow(`${note} is no JPEG, PNG, WebP or GIF image`);
    await expect(loadImage(new URL('https://example.com/cat.jpg'))).rejects.toThrow(
      'source must be a path, a file URL or the bytes of an image. Received: "https://example.com',
    );
  });
});

it('gives pixels or one line for damaged bytes', async () => {
  const random = xoshiro128(1, 2, 3, 4);
  const below = (limit: number): number => random() % limit;
  let refused = 0;
  for (const { name, bytes } of imageFiles) {
    for (let attempt = 0; attempt < 12; attempt++) {
      const damaged = Uint8Array.from(bytes);
      for (let flip = 0; flip <= attempt; flip++) damaged[below(bytes.length)] = below(256);
      try {
        const { data, shape } = await loadImage(damaged, { maxPixels: 1e6 });
        expect(data, name).toHaveLength(shape[0] * shape[1] * 3);
      } catch (error) {
        expect((error as Error).message, name).toMatch(/^image [^\n]+$/);
        refused += 1;
      }
    }
  }
  expect(refused).toBeGreaterThan(50);
});

it('says how to get sharp where it is missing', async () => {
  vi.resetModules();
  vi.doMock('sharp', () => {
    throw new Error("Cannot find package 'sharp'");
  });
  const { loadImage: load } = await import('./load-image.js');
  await expect(load(photo.bytes)).rejects.toThrow(
    /^images are decoded by sharp, which is not to be had \(npm install sharp\): [^\n]+$/,
  );
  vi.doUnmock('sharp');
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
