// How much each source pixel counts in Keras's resizing, as TensorFlow's kernels compute it in float32.

import type { Line } from './lines.js';

export const interpolations = ['nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5'] as const;

/** The ways in which Keras resizes, but for `area`. */
export type Interpolation = (typeof interpolations)[number];

/** A weight of a bounded distance, in pixels. */
interface Kernel {
  readonly radius: number;
  readonly at: (distance: number) => number;
}

const kernels: Readonly<Record<Exclude<Interpolation, 'nearest'>, Kernel>> = {
  bilinear: { radius: 1, at: (x) => Math.max(0, 1 - x) },
  bicubic: { radius: 2, at: cubic },
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
};

/**
 * The line of each of `to` pixels from `from` pixels, whose centres are at halves.
 *
 * @param antialias whether a kernel widens with the scale when an image shrinks
 */
export function kerasLines(
  interpolation: Interpolation,
  from: number,
  to: number,
  antialias: boolean,
): Line[] {
  // TensorFlow rounds every step to float32, which decides between two pixels now and then.
  const scale = Math.fround(from / to);
  const line = lineOf(interpolation, from, antialias ? Math.max(scale, 1) : 1, antialias);
  return Array.from({ length: to }, (_, i) => line(Math.fround(Math.fround(i + 0.5) * scale)));
}

/** From a centre, among `from` pixels, to its line. */
function lineOf(
  interpolation: Interpolation,
  from: number,
  width: number,
  antialias: boolean,
): (centre: number) => Line {
  if (interpolation === 'nearest') {
    const weights = Float64Array.of(1);
    return (centre) => ({ first: Math.min(Math.floor(centre), from - 1), weights });
  }
  if (interpolation === 'bilinear' && !antialias) return (centre) => linear(centre, from);
  if (interpolation === 'bicubic' && !antialias) return (centre) => tabulatedCubic(centre, from);
  return (centre) => convolved(kernels[interpolation], width, centre, from);
}

function linear(centre: number, from: number): Line {
  const position = Math.fround(centre - 0.5);
  const below = Math.floor(position);
  const share = position - below;
  if (below < 0) return { first: 0, weights: Float64Array.of(1) };
  if (below >= from - 1) return { first: from - 1, weights: Float64Array.of(1) };
  return { first: below, weights: Float64Array.of(1 - share, share) };
}

/** The distance is looked up in a table of 1024 steps. */
function tabulatedCubic(centre: number, from: number): Line {
  const position = Math.fround(centre - 0.5);
  const below = Math.floor(position);
  const distance = Math.round(Math.fround(position - below) * 1024) / 1024;
  return normalised(below - 1, below + 2, from, (pixel) =>
    cubic(Math.abs(distance - (pixel - below))),
  );
}

function convolved(kernel: Kernel, width: number, centre: number, from: number): Line {
  const reach = kernel.radius * width;
  return normalised(
    Math.ceil(centre - reach - 0.5),
    Math.floor(centre + reach - 0.5),
    from,
    (pixel) => kernel.at(Math.abs(pixel + 0.5 - centre) / width),
  );
}

/** Where the kernel reaches over the edge, the pixels within count the more. */
function normalised(
  first: number,
  last: number,
  from: number,
  weightOf: (pixel: number) => number,
): Line {
  const start = Math.max(first, 0);
  const length = Math.min(last, from - 1) - start + 1;
  const weights = Float64Array.from({ length }, (_, i) => weightOf(start + i));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { first: start, weights: weights.map((weight) => weight / sum) };
}

/** Keys's cubic convolution with a = −1/2, of a distance. */
function cubic(x: number): number {
  if (x >= 2) return 0;
  if (x >= 1) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return (1.5 * x - 2.5) * x * x + 1;
}

function lanczos(radius: number): Kernel {
  const at = (x: number): number => {
    if (x > radius) return 0;
    if (x <= 1e-3) return 1;
    const angle = Math.PI * x;
    return (radius * Math.sin(angle) * Math.sin(angle / radius)) / (angle * angle);
  };
  return { radius, at };
}
