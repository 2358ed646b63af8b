import { bundleScript, launchChromium, noChromium, openPage } from '@graftjs/test-utils/chromium';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Decoded } from '../testing/decode-page.js';
import { imageFile, imageFiles } from '../testing/image-files.js';
import type { DecodedImage } from './image.js';
import type { ImageOptions } from './image-options.js';
import { resizeLikePillow } from './resize-like-pillow.js';

// Left out: inks, which a browser converts by a profile, and alpha, which costs it the colours behind.
const plain = imageFiles.filter(({ name }) => !/cmyk|rgba|alpha|transparent/.test(name));

describe.skipIf(noChromium)(`in Chromium${noChromium ? ` (skipped: ${noChromium})` : ''}`, () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>;
  let decode: (bytes: Uint8Array, options?: ImageOptions, name?: string) => Promise<Decoded>;

  beforeAll(async () => {
    const script = await bundleScript(new URL('../testing/decode-page.ts', import.meta.url));
    browser = await launchChromium();
    const page = await openPage(browser, script);
    decode = (bytes, options, name) =>
      page.evaluate(([b, o, n]) => window.decode(b, o, n), [[...bytes], options, name] as [
        number[],
        ImageOptions?,
        string?,
      ]);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
  });

  it.each(plain.map((file) => [file.name, file] as const))('%s', async (name, file) => {
    const isExact = !/jpg|lossy/.test(name);
    const error = difference(await decode(file.bytes), file.upright ?? file.read.rgb);
    expect(error).toBeLessThanOrEqual(isExact ? 0 : 4);
  });

  it('in another mode and size', async () => {
    const { bytes, read } = imageFile('rgb.png');
    const options = { size: [8, 9], interpolation: 'lanczos', colorMode: 'grayscale' } as const;
    const expected = resizeLikePillow(read.grayscale, [8, 9], options);
    expect(difference(await decode(bytes, options), expected)).toBe(0);
    expect(difference(await decode(bytes, { colorMode: 'rgba' }), read.rgba)).toBe(0);
  });

  it('with alpha, where it is not quite transparent', async () => {
    const { bytes, read } = imageFile('rgba.png');
    const image = (await decode(bytes, { colorMode: 'rgba' })) as Exclude<Decoded, string>;
    const { data } = read.rgba;
    const solid = image.pixels.filter((_, i) => data[i | 3]! > 200);
    expect(solid.length).toBeGreaterThan(0);
    image.pixels.forEach((value, i) => {
      if (data[i | 3]! > 200) expect(Math.abs(value - data[i]!)).toBeLessThanOrEqual(1);
    });
  });

  it('refuses a bomb before it is decoded', async () => {
    // A small PNG that says it is a large one; decoding it would say that it is damaged.
    const bomb = Buffer.from(imageFile('rgb.png').bytes);
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(20_000, 20);
    expect(await decode(bomb)).toBe(
      'GraftError: image has 20000 x 30000 pixels, more than maxPixels, 100000000',
    );
  });

  it('refuses what is wrong, in one line', async () => {
    const { bytes } = imageFile('rgb.jpg');
    expect(await decode(new Uint8Array())).toBe('GraftError: image is empty: 0 bytes');
    expect(await decode(Uint8Array.of(104, 101, 108, 108, 111), {}, 'cat.jpg')).toBe(
      'GraftError: cat.jpg is no JPEG, PNG, WebP or GIF image: it begins with 68 65 6c 6c',
    );
    expect(await decode(bytes, { maxPixels: 100 })).toBe(
      'GraftError: image has 19 x 26 pixels, more than maxPixels, 100',
    );
    expect(await decode(bytes.subarray(0, 200))).toMatch(
      /^GraftError: image cannot be decoded: [^\n]+$/,
    );
    expect(await decode(bytes, { size: [0, 1] })).toBe(
      'GraftError: size must be two positive integers, height and width. Received: [0,1]',
    );
  });
});

/** The largest between any two bytes; the shapes must be equal. */
function difference(decoded: Decoded, expected: DecodedImage): number {
  if (typeof decoded === 'string') throw new Error(decoded);
  expect(decoded.shape).toEqual(expected.shape);
  return Math.max(...decoded.pixels.map((value, i) => Math.abs(value - expected.data[i]!)));
}
