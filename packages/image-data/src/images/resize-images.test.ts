import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resizeImages, type ResizeOptions } from './resize-images.js';

interface Case extends ResizeOptions {
  readonly size: [number, number];
  readonly output: number[];
}
const fixture = new URL('../../../../reference/fixtures/images/resize.json', import.meta.url);
const made = JSON.parse(readFileSync(fixture, 'utf8')) as {
  shape: [number, number, number, number];
  images: number[];
  cases: Case[];
};
const { shape } = made;
const images = { data: Uint8Array.from(made.images), shape };

const names = ({ size, output: _, ...options }: Case): string =>
  `${JSON.stringify(options)} to ${size}`;

it.each(made.cases.map((c) => [names(c), c] as const))("is Keras's Resizing, %s", (_, c) => {
  const { data, shape: resized } = resizeImages(images, c.size, c);
  expect(resized).toEqual([shape[0], ...c.size, shape[3]]);
  expect(data).toHaveLength(c.output.length);
  const error = Math.max(...data.map((x, i) => Math.abs(x - c.output[i]!)));
  // A millionth of 255: TensorFlow computes distances and weights in float32.
  expect(error).toBeLessThan(c.interpolation === 'nearest' ? 1e-9 : 255e-6);
});

it('takes one image, of floats too', () => {
  const length = images.data.length / 2;
  const image = { data: Float32Array.from(images.data.subarray(0, length)), shape: shape.slice(1) };
  const result = resizeImages(image, [4, 5], { interpolation: 'bicubic' });
  expect(result.shape).toEqual([4, 5, 2]);
  const both = resizeImages(images, [4, 5], { interpolation: 'bicubic' });
  expect(result.data).toEqual(both.data.subarray(0, 40));
});

it('gives the image back at its own size', () => {
  for (const interpolation of ['nearest', 'bilinear', 'bicubic'] as const) {
    const { data } = resizeImages(images, [shape[1], shape[2]], { interpolation });
    expect(data).toEqual(Float32Array.from(images.data));
  }
});

describe('refuses', () => {
  it.each<[Partial<Case> & { shape?: number[] }, string]>([
    [{ size: [0, 5] }, 'size must be two positive integers, height and width. Received: [0,5]'],
    [{ size: [2.5, 5] }, 'size must be two positive integers, height and width. Received: [2.5,5]'],
    [
      { interpolation: 'lanczos' as 'lanczos3' },
      'interpolation must be one of nearest, bilinear, bicubic, lanczos3, lanczos5. Received: "lanczos"',
    ],
    [
      { cropToAspectRatio: true, padToAspectRatio: true },
      'padToAspectRatio must be false with cropToAspectRatio. Received: true',
    ],
    [
      { shape: [2, 234] },
      'images must be of shape [height, width, channels] or [batch, …]. Received: [2,234]',
    ],
    [
      { shape: [2, 9, 13, 3] },
      'images must be data that fills its shape. Received: "468 numbers of shape [2, 9, 13, 3]"',
    ],
  ])('%o', ({ size = [4, 5], shape: wrong = [...shape], ...options }, message) => {
    expect(() => resizeImages({ ...images, shape: wrong }, size, options)).toThrow(message);
  });

  it('images without a pixel', () => {
    expect(() => resizeImages({ data: new Uint8Array(), shape: [0, 4, 3] }, [4, 5])).toThrow(
      'images must be of shape [height, width, channels] or [batch, …]. Received: [0,4,3]',
    );
  });
});
