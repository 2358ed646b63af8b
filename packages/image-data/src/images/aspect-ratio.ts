// Cropping and padding to the proportions of another size, pixel by pixel as Keras's Resizing does it.

import type { ArrayData } from '../array-data.js';
import type { Size } from './image.js';

/** Images as [batch, height, width, channels]. */
export interface Images extends ArrayData {
  readonly shape: readonly [batch: number, height: number, width: number, channels: number];
}

/** The largest middle part with the proportions of `size`. */
export function cropToAspectRatio(images: Images, size: Size): Images {
  const [, height, width] = images.shape;
  const [tallest, widest] = proportional(height, width, size);
  const rows = Math.max(Math.min(height, tallest), 1);
  const columns = Math.max(Math.min(width, widest), 1);
  return copied(images, [rows, columns], [half(rows - height), half(columns - width)], 0);
}

/** The images within a frame of `value` that gives them the proportions of `size`. */
export function padToAspectRatio(images: Images, size: Size, value: number): Images {
  const [, height, width] = images.shape;
  const [rows, columns] = proportional(height, width, size);
  // As in Keras, both sides alike: an odd pixel is lost.
  const above = half(Math.max(rows - height, 0));
  const left = half(Math.max(columns - width, 0));
  return copied(images, [height + 2 * above, width + 2 * left], [above, left], value);
}

/** Images of another size that hold the old ones with their top left at a place, which may lie outside. */
function copied(
  { data, shape: [batch, height, width, channels] }: Images,
  [rows, columns]: Size,
  [above, left]: readonly [number, number],
  value: number,
): Images {
  const result = new Float32Array(batch * rows * columns * channels).fill(value);
  const [top, bottom] = [Math.max(0, above), Math.min(rows, above + height)];
  const begin = Math.max(0, -left) * channels;
  const length = Math.min(width, columns) * channels;
  for (let image = 0; image < batch; image++) {
    for (let row = top; row < bottom; row++) {
      const from = (image * height + row - above) * width * channels + begin;
      const to = ((image * rows + row) * columns + Math.max(0, left)) * channels;
      result.set(data.subarray(from, from + length), to);
    }
  }
  return { data: result, shape: [batch, rows, columns, channels] };
}

/** The height that belongs to the width in the proportions of `size`, and the width that belongs to the height. */
function proportional(height: number, width: number, [rows, columns]: Size): Size {
  return [
    Math.trunc(Math.fround((width * rows) / columns)),
    Math.trunc(Math.fround((height * columns) / rows)),
  ];
}

function half(length: number): number {
  return Math.trunc(length / 2);
}
