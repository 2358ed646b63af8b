// How much each source pixel counts in Pillow's resizing, in its fixed point. Source: Pillow, src/libImaging/Resample.c.

import type { Line } from './lines.js';

export const pillowInterpolations = [
  'nearest',
  'bilinear',
  'bicubic',
  'lanczos',
  'box',
  'hamming',
] as const;

/** The filters of Pillow, as Keras's `load_img` names them. */
export type PillowInterpolation = (typeof pillowInterpolations)[number];

/** Bits after the point of a weight. */
export const fractionBits = 22;

interface Filter {
  /** Of the unscaled filter, in pixels. */
  readonly support: number;
  readonly at: (distance: number) => number;
}

const filters: Readonly<Record<Exclude<PillowInterpolation, 'nearest'>, Filter>> = {
  box: { support: 0.5, at: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  hamming: { support: 1, at: hamming },
  bicubic: { support: 2, at: cubic },
  lanczos: { support: 3, at: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** The interval of source pixels that is resized; the filters may look beyond it, at pixels up to `length`. */
export interface Interval {
  readonly start: number;
  readonly end: number;
  /** Of the whole source. */
  readonly length: number;
}

/** The line of each of `to` pixels. Its weights are integers, units of 2^-{@link fractionBits}. */
export function pillowLines(
  interpolation: PillowInterpolation,
  interval: Interval,
  to: number,
): Line[] {
  return interpolation === 'nearest'
    ? nearestLines(interval, to)
    : filterLines(filters[interpolation], interval, to);
}

function filterLines(filter: Filter, { start, end, length }: Interval, to: number): Line[] {
  const scale = (end - start) / to;
  const width = Math.max(scale, 1);
  const support = filter.support * width;
  return Array.from({ length: to }, (_, i) => {
    const centre = start + (i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - support + 0.5));
    const last = Math.min(length, Math.trunc(centre + support + 0.5));
    const weights = new Float64Array(last - first);
    let sum = 0;
    for (let tap = 0; tap < weights.length; tap++) {
      const weight = filter.at((first + tap - centre + 0.5) * (1 / width));
      weights[tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < weights.length; tap++) {
      const weight = weights[tap]!;
      weights[tap] = fixed(sum === 0 ? weight : weight / sum);
    }
    return { first, weights };
  });
}

/** Pillow adds up the positions step by step, which in rare sizes decides between two pixels. */
function nearestLines({ start, end, length }: Interval, to: number): Line[] {
  const scale = (end - start) / to;
  const weights = Float64Array.of(2 ** fractionBits);
  let position = start + scale * 0.5;
  return Array.from({ length: to }, () => {
    const first = Math.min(Math.trunc(position), length - 1);
    position += scale;
    return { first, weights };
  });
}

function fixed(weight: number): number {
  return Math.trunc(weight * 2 ** fractionBits + (weight < 0 ? -0.5 : 0.5));
}

/** The constants are float32 in Pillow. */
function hamming(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= 1) return 0;
  const angle = Math.abs(x) * Math.PI;
  return (Math.sin(angle) / angle) * (Math.fround(0.54) + Math.fround(0.46) * Math.cos(angle));
}

/** Keys's cubic convolution with a = −1/2. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * -0.5;
  return 0;
}

function sinc(x: number): number {
  const angle = x * Math.PI;
  return x === 0 ? 1 : Math.sin(angle) / angle;
}
