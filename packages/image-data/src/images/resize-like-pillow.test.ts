import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DecodedImage } from './image.js';
import { resizeLikePillow, type PillowResizeOptions } from './resize-like-pillow.js';

interface Case extends Required<PillowResizeOptions> {
  readonly colorMode: 'rgb' | 'rgba' | 'grayscale';
  readonly shape: [number, number, number];
  readonly pixels: string;
}
interface Stored {
  readonly shape: [number, number, number];
  readonly pixels: string;
}
const fixture = new URL('../../../../reference/fixtures/images/load-img.json', import.meta.url);
const { sources, cases } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  sources: Record<Case['colorMode'], Stored>;
  cases: Case[];
};
const image = ({ shape, pixels }: Stored): DecodedImage => ({
  data: Uint8Array.from(Buffer.from(pixels, 'base64')),
  shape,
});

const names = ({ colorMode, interpolation, keepAspectRatio, shape }: Case): string =>
  `${colorMode} ${interpolation} to ${shape}${keepAspectRatio ? ' in proportion' : ''}`;

it.each(cases.map((c) => [names(c), c] as const))("is Pillow's to the byte, %s", (_, c) => {
  const [height, width] = c.shape;
  const result = resizeLikePillow(image(sources[c.colorMode]), [height, width], c);
  expect(result).toEqual(image(c));
});

it('takes the nearest pixel where nothing is said', () => {
  const data = Uint8Array.of(1, 2, 3, 4);
  expect(resizeLikePillow({ data, shape: [1, 4, 1] }, [1, 2]).data).toEqual(Uint8Array.of(2, 4));
});

describe('refuses', () => {
  const grey: DecodedImage = { data: Uint8Array.of(1, 2), shape: [1, 2, 1] };

  it.each<[string, [number, number], PillowResizeOptions]>([
    ['size must be two positive integers, height and width. Received: [0,1]', [0, 1], {}],
    [
      'interpolation must be one of nearest, bilinear, bicubic, lanczos, box, hamming. Received: "lanczos3"',
      [1, 1],
      { interpolation: 'lanczos3' as 'lanczos' },
    ],
  ])('%s', (message, size, options) => {
    expect(() => resizeLikePillow(grey, size, options)).toThrow(message);
  });

  it('an image without pixels', () => {
    expect(() => resizeLikePillow({ data: new Uint8Array(), shape: [0, 5, 3] }, [1, 1])).toThrow(
      'image must be of at least one pixel. Received: [0,5,3]',
    );
  });

  it('data that does not fill its shape', () => {
    expect(() => resizeLikePillow({ ...grey, shape: [2, 2, 1] }, [1, 1])).toThrow(
      'image must be data that fills its shape. Received: "2 numbers of shape [2, 2, 1]"',
    );
  });
});
