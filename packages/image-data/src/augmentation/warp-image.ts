// All geometry of an image in one interpolation.

import type { AffineMap } from './affine-map.js';
import { edges, OUTSIDE, type FillMode } from './fill-mode.js';
import type { Pixels } from './pixels.js';

/** How an image is read between its pixels and beyond its edges. */
export interface WarpSettings {
  readonly fillMode: FillMode;
  /** The value outside, with `constant`. */
  readonly cval: number;
  /** 0 takes the nearest pixel, 1 mixes four. */
  readonly interpolationOrder: 0 | 1;
}

/** Writes `count` pixels from `at` on: the first is read at (x, y), and each next one (a, d) further. */
type ReadSpan = (
  to: Float32Array,
  at: number,
  count: number,
  x: number,
  y: number,
  a: number,
  d: number,
) => void;

/** What rounding may add up to along a row, and more. */
const MARGIN = 1e-6;

/** Pixel (x, y) of `to` becomes that at the point of `from` where the map has (x, y). */
export function warpImage(
  from: Pixels,
  to: Float32Array,
  [a, b, c, d, e, f]: AffineMap,
  settings: WarpSettings,
): void {
  const { height, width, channels } = from;
  const isMixed = settings.interpolationOrder === 1;
  const anywhere = isMixed ? mixingReader(from, settings) : nearestReader(from, settings);
  const inside = isMixed && channels === 3 ? insideReaderOf3(from) : anywhere;
  for (let row = 0; row < height; row++) {
    const [x, y] = [b * row + c, e * row + f];
    // Most pixels lie among four of the image: no edge needs to be thought of there.
    const first = Math.max(0, firstInside(a, x, width), firstInside(d, y, height));
    const end = Math.min(width, endInside(a, x, width), endInside(d, y, height));
    const start = Math.min(first, width);
    const stop = Math.max(start, end);
    const at = row * width * channels;
    anywhere(to, at, start, x, y, a, d);
    inside(to, at + start * channels, stop - start, x + a * start, y + d * start, a, d);
    anywhere(to, at + stop * channels, width - stop, x + a * stop, y + d * stop, a, d);
  }
}

/** The first column from which on slope · column + offset may lie between the first pixel of an axis and the last. */
function firstInside(slope: number, offset: number, length: number): number {
  if (slope > 0) return Math.ceil((MARGIN - offset) / slope);
  if (slope < 0) return Math.ceil((length - 1 - MARGIN - offset) / slope);
  return offset >= 0 && offset < length - 1 ? 0 : Infinity;
}

/** The column before which it does. */
function endInside(slope: number, offset: number, length: number): number {
  if (slope > 0) return Math.floor((length - 1 - MARGIN - offset) / slope) + 1;
  if (slope < 0) return Math.floor((MARGIN - offset) / slope) + 1;
  return Infinity;
}

function nearestReader(
  { data, height, width, channels }: Pixels,
  { fillMode, cval }: WarpSettings,
): ReadSpan {
  const edge = edges[fillMode];
  return (to, at, count, x0, y0, a, d) => {
    for (let i = 0; i < count; i++) {
      const x = edge(x0 + a * i, width);
      const y = edge(y0 + d * i, height);
      const isInside = x !== OUTSIDE && y !== OUTSIDE;
      const first = (Math.floor(y + 0.5) * width + Math.floor(x + 0.5)) * channels;
      for (let channel = 0; channel < channels; channel++) {
        to[at++] = isInside ? (data[first + channel] as number) : cval;
      }
    }
  };
}

function mixingReader(
  { data, height, width, channels }: Pixels,
  { fillMode, cval }: WarpSettings,
): ReadSpan {
  const edge = edges[fillMode];
  return (to, at, count, x0, y0, a, d) => {
    for (let i = 0; i < count; i++) {
      const x = edge(x0 + a * i, width);
      const y = edge(y0 + d * i, height);
      if (x === OUTSIDE || y === OUTSIDE) {
        for (let channel = 0; channel < channels; channel++) to[at++] = cval;
        continue;
      }
      // Both are at least 0.
      const left = x | 0;
      const above = y | 0;
      const across = x - left;
      const down = y - above;
      const right = left < width - 1 ? channels : 0;
      const below = above < height - 1 ? width * channels : 0;
      const both = across * down;
      const w10 = across - both;
      const w01 = down - both;
      const w00 = 1 - across - w01;
      const first = (above * width + left) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const pixel = first + channel;
        to[at++] =
          w00 * (data[pixel] as number) +
          w10 * (data[pixel + right] as number) +
          w01 * (data[pixel + below] as number) +
          both * (data[pixel + below + right] as number);
      }
    }
  };
}

/** Of three channels, away from the edges: nearly all images have them, and nearly all time is spent here. */
function insideReaderOf3({ data, width }: Pixels): ReadSpan {
  const below = width * 3;
  return (to, at, count, x0, y0, a, d) => {
    let x = x0;
    let y = y0;
    const end = at + 3 * count;
    for (let pixel = at; pixel < end; pixel += 3) {
      const left = x | 0;
      const above = y | 0;
      const across = x - left;
      const down = y - above;
      x += a;
      y += d;
      const both = across * down;
      const w10 = across - both;
      const w01 = down - both;
      const w00 = 1 - across - w01;
      const i = (above * width + left) * 3;
      const j = i + below;
      to[pixel] =
        w00 * (data[i] as number) +
        w10 * (data[i + 3] as number) +
        w01 * (data[j] as number) +
        both * (data[j + 3] as number);
      to[pixel + 1] =
        w00 * (data[i + 1] as number) +
        w10 * (data[i + 4] as number) +
        w01 * (data[j + 1] as number) +
        both * (data[j + 4] as number);
      to[pixel + 2] =
        w00 * (data[i + 2] as number) +
        w10 * (data[i + 5] as number) +
        w01 * (data[j + 2] as number) +
        both * (data[j + 5] as number);
    }
  };
}
