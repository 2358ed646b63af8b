// All linear changes of an image's colours as one matrix.

import { invalidArgument } from '@graftjs/core';
import type { Pixels } from './pixels.js';

/**
 * One linear change, by a factor that is 1 for none: of brightness, of the distance to the mean grey of the image (contrast),
 * of the distance to the grey of each pixel (saturation); or a turn of the hues, in turns (0 for none).
 */
export type ColorStep =
  | { readonly brightness: number }
  | { readonly contrast: number }
  | { readonly saturation: number }
  | { readonly hue: number };

type Matrix = readonly (readonly number[])[];

/** x ↦ Ax + Bm, with the mean m of the image before. */
interface ColorMap {
  readonly ofPixel: Matrix;
  readonly ofMean: Matrix;
}

/** Of ITU-R 601: how much of grey is red, green and blue. */
const luma = [0.299, 0.587, 0.114];

/** Applies all steps at once, and clips to 0 … 255. */
export function recolor(pixels: Pixels, steps: readonly ColorStep[]): void {
  const { data, channels } = pixels;
  if (channels !== 1 && channels !== 3) {
    throw invalidArgument('color', 'for images of one or three channels', channels);
  }
  const { ofPixel, ofMean } = colorMap(steps, channels);
  const mean = meanOf(pixels);
  const offsets = ofMean.map((row) => dot(row, mean));
  const clip = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : value);
  if (channels === 1) {
    const [factor, offset] = [ofPixel[0]?.[0] as number, offsets[0] as number];
    for (let i = 0; i < data.length; i++) data[i] = clip(factor * (data[i] as number) + offset);
    return;
  }
  const [[m00, m01, m02], [m10, m11, m12], [m20, m21, m22]] = ofPixel as unknown as Rows3;
  const [o0, o1, o2] = offsets as unknown as Row3;
  for (let i = 0; i < data.length; i += 3) {
    const [r, g, b] = [data[i] as number, data[i + 1] as number, data[i + 2] as number];
    data[i] = clip(m00 * r + m01 * g + m02 * b + o0);
    data[i + 1] = clip(m10 * r + m11 * g + m12 * b + o1);
    data[i + 2] = clip(m20 * r + m21 * g + m22 * b + o2);
  }
}

type Row3 = readonly [number, number, number];
type Rows3 = readonly [Row3, Row3, Row3];

/** Of each channel. */
function meanOf({ data, channels }: Pixels): number[] {
  const sums = new Float64Array(channels);
  for (let i = 0; i < data.length; i += channels) {
    for (let channel = 0; channel < channels; channel++) {
      (sums[channel] as number) += data[i + channel] as number;
    }
  }
  return Array.from(sums, (sum) => (sum * channels) / data.length);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * (b[i] as number), 0);
}

function colorMap(steps: readonly ColorStep[], channels: number): ColorMap {
  let map: ColorMap = { ofPixel: identity(channels), ofMean: scaled(identity(channels), 0) };
  for (const step of steps) {
    const next = stepMap(step, channels);
    // The mean after the steps so far is (A + B)m.
    map = {
      ofPixel: product(next.ofPixel, map.ofPixel),
      ofMean: sum(
        product(next.ofPixel, map.ofMean),
        product(next.ofMean, sum(map.ofPixel, map.ofMean)),
      ),
    };
  }
  return map;
}

function stepMap(step: ColorStep, channels: number): ColorMap {
  const one = identity(channels);
  const none = scaled(one, 0);
  const grey = channels === 1 ? one : one.map(() => luma);
  if ('brightness' in step) return { ofPixel: scaled(one, step.brightness), ofMean: none };
  if ('contrast' in step) {
    return { ofPixel: scaled(one, step.contrast), ofMean: scaled(grey, 1 - step.contrast) };
  }
  if ('saturation' in step) {
    const ofPixel = sum(scaled(one, step.saturation), scaled(grey, 1 - step.saturation));
    return { ofPixel, ofMean: none };
  }
  return { ofPixel: channels === 1 ? one : hueTurn(step.hue), ofMean: none };
}

/** In YIQ: brightness stays, the plane of the colours turns. */
function hueTurn(turns: number): Matrix {
  const [cos, sin] = [Math.cos(2 * Math.PI * turns), Math.sin(2 * Math.PI * turns)];
  const toYiq = [luma, [0.5959, -0.2746, -0.3213], [0.2115, -0.5227, 0.3112]];
  const turned = [
    [1, 0, 0],
    [0, cos, -sin],
    [0, sin, cos],
  ];
  return product(inverse(toYiq), product(turned, toYiq));
}

function identity(size: number): Matrix {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)),
  );
}

function scaled(matrix: Matrix, by: number): Matrix {
  return matrix.map((row) => row.map((value) => value * by));
}

function sum(a: Matrix, b: Matrix): Matrix {
  return a.map((row, i) => row.map((value, j) => value + (b[i]?.[j] as number)));
}

function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    row.map((_, j) => row.reduce((total, value, k) => total + value * (b[k]?.[j] as number), 0)),
  );
}

/** By cofactors, of three by three. */
function inverse(matrix: Matrix): Matrix {
  const at = (i: number, j: number) => matrix[i % 3]?.[j % 3] as number;
  const cofactor = (i: number, j: number) =>
    at(i + 1, j + 1) * at(i + 2, j + 2) - at(i + 1, j + 2) * at(i + 2, j + 1);
  const determinant = [0, 1, 2].reduce((total, j) => total + at(0, j) * cofactor(0, j), 0);
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => cofactor(j, i) / determinant));
}
