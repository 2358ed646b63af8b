// One interpolation for all geometry of a batch.

import * as tf from '@tensorflow/tfjs-core';
import { sampleImages } from '@graftjs/core';
import { isIdentity, type AffineMap } from './affine-map.js';
import { OUTSIDE, type FillMode } from './fill-mode.js';
import { writeSourcePoints } from './source-points.js';
import { warpOnHost } from './warp-on-host.js';

/** How an image is read between its pixels and beyond its edges. */
export interface WarpSettings {
  readonly fillMode: FillMode;
  /** The value outside, with `constant`. */
  readonly cval: number;
  /** 0 takes the nearest pixel, 1 mixes four. */
  readonly interpolationOrder: 0 | 1;
}

/** Their tensors lie in the host's memory, or near it. */
const hostBackends: readonly string[] = ['cpu', 'wasm', 'tensorflow'];

/** Pixel (x, y) of a result is that at the point of its image where its map has (x, y). */
export function warpImages(
  images: tf.Tensor4D,
  maps: readonly AffineMap[],
  settings: WarpSettings,
): tf.Tensor4D {
  if (maps.every(isIdentity)) return tf.clone(images);
  return hostBackends.includes(tf.getBackend())
    ? warpOnHost(images, maps, settings)
    : warpByOps(images, maps, settings);
}

/** For the memory of a GPU: only points go there, no image comes back. */
export function warpByOps(
  images: tf.Tensor4D,
  maps: readonly AffineMap[],
  { fillMode, cval, interpolationOrder }: WarpSettings,
): tf.Tensor4D {
  const [batch, height, width] = images.shape;
  const size = height * width;
  const points = { x: new Float32Array(batch * size), y: new Float32Array(batch * size) };
  maps.forEach((map, i) =>
    writeSourcePoints(map, [height, width], fillMode, { ...points, offset: i * size }),
  );
  if (fillMode === 'constant') {
    // Outside along one axis is outside.
    points.x.forEach((x, i) => {
      if (x === OUTSIDE) points.y[i] = OUTSIDE;
      else if (points.y[i] === OUTSIDE) points.x[i] = OUTSIDE;
    });
  }
  return tf.tidy(() => {
    const [x, y] = [points.x, points.y].map((data) => tf.tensor3d(data, [batch, height, width]));
    return sampleImages(images, x as tf.Tensor, y as tf.Tensor, {
      interpolation: interpolationOrder === 0 ? 'nearest' : 'bilinear',
      ...(fillMode === 'constant' && { outside: cval }),
    });
  });
}
