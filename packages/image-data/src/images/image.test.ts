import { expect, it } from 'vitest';
import { imgToArray } from './image.js';

it('gives the pixels as float32, and leaves them as they were', () => {
  const image = { data: Uint8Array.of(0, 1, 128, 255), shape: [2, 2, 1] } as const;
  const array = imgToArray(image);
  expect(array).toEqual({ data: Float32Array.of(0, 1, 128, 255), shape: [2, 2, 1] });
  array.data[0] = 7;
  expect(image.data[0]).toBe(0);
});
