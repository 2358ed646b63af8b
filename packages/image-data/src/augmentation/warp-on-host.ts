// Warping in plain loops, for backends whose tensors lie in the host's memory: quicker there than any chain of ops.

import * as tf from '@tensorflow/tfjs-core';
import { isIdentity, type AffineMap } from './affine-map.js';
import { OUTSIDE } from './fill-mode.js';
import { writeSourcePoints } from './source-points.js';
import type { WarpSettings } from './warp-images.js';

export function warpOnHost(
  images: tf.Tensor4D,
  maps: readonly AffineMap[],
  settings: WarpSettings,
): tf.Tensor4D {
  const [, height, width, channels] = images.shape;
  const source = images.dataSync() as Float32Array;
  const result = new Float32Array(source.length);
  const points = {
    x: new Float64Array(height * width),
    y: new Float64Array(height * width),
  };
  const length = height * width * channels;
  maps.forEach((map, i) => {
    const image = source.subarray(i * length, (i + 1) * length);
    const to = result.subarray(i * length, (i + 1) * length);
    if (isIdentity(map)) return to.set(image);
    writeSourcePoints(map, [height, width], settings.fillMode, points);
    const read = settings.interpolationOrder === 0 ? readNearest : readBilinear;
    read(image, to, points, { width, height, channels, cval: settings.cval });
  });
  return tf.tensor4d(result, images.shape);
}

interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly cval: number;
}

function readNearest(from: Float32Array, to: Float32Array, points: Points, layout: Layout): void {
  const { width, channels, cval } = layout;
  let at = 0;
  for (let i = 0; i < points.x.length; i++) {
    const [x, y] = [points.x[i] as number, points.y[i] as number];
    const isInside = x !== OUTSIDE && y !== OUTSIDE;
    const first = (Math.floor(y + 0.5) * width + Math.floor(x + 0.5)) * channels;
    for (let channel = 0; channel < channels; channel++) {
      to[at++] = isInside ? (from[first + channel] as number) : cval;
    }
  }
}

function readBilinear(from: Float32Array, to: Float32Array, points: Points, layout: Layout): void {
  const { width, height, channels, cval } = layout;
  const { x: xs, y: ys } = points;
  let at = 0;
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i] as number;
    const y = ys[i] as number;
    if (x === OUTSIDE || y === OUTSIDE) {
      for (let channel = 0; channel < channels; channel++) to[at++] = cval;
      continue;
    }
    const left = Math.floor(x);
    const above = Math.floor(y);
    const across = x - left;
    const down = y - above;
    const right = left < width - 1 ? channels : 0;
    const below = above < height - 1 ? width * channels : 0;
    const first = (above * width + left) * channels;
    const both = across * down;
    const [w10, w01] = [across - both, down - both];
    const w00 = 1 - across - w01;
    for (let channel = 0; channel < channels; channel++) {
      const pixel = first + channel;
      to[at++] =
        w00 * (from[pixel] as number) +
        w10 * (from[pixel + right] as number) +
        w01 * (from[pixel + below] as number) +
        both * (from[pixel + right + below] as number);
    }
  }
}
