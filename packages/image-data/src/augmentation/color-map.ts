// All linear changes of an image's colours as one matrix.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';
import type { ImageTransform } from './image-transform.js';

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

/** Applies the steps of each image at once, and clips to 0 … 255; images without steps stay as they are. */
export function recolor(images: tf.Tensor4D, transforms: readonly ImageTransform[]): tf.Tensor4D {
  const isIn = transforms.map(({ color }) => color !== undefined && color.length > 0);
  if (!isIn.includes(true)) return images;
  const [batch, height, width, channels] = images.shape;
  if (channels !== 1 && channels !== 3) {
    throw invalidArgument('color', 'for images of one or three channels', channels);
  }
  const maps = transforms.map(({ color = [] }) => colorMap(color, channels));
  const stack = (list: readonly Matrix[]) =>
    // Rows of pixels are multiplied from the left.
    tf.transpose(tf.tensor3d(list as number[][][], [batch, channels, channels]), [0, 2, 1]);
  const pixels = tf.reshape(images, [batch, height * width, channels]);
  const mean = tf.mean(pixels, 1, true);
  const linear = tf.add(
    tf.matMul(pixels, stack(maps.map(({ ofPixel }) => ofPixel))),
    tf.matMul(mean, stack(maps.map(({ ofMean }) => ofMean))),
  );
  const result: tf.Tensor4D = tf.reshape(tf.clipByValue(linear, 0, 255), images.shape);
  if (!isIn.includes(false)) return result;
  const mask = tf.tensor4d(isIn, [batch, 1, 1, 1], 'bool');
  return tf.where<tf.Tensor4D>(tf.broadcastTo(mask, images.shape), result, images);
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
