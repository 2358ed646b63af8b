// Images turned, moved, stretched: what TensorFlow's ImageProjectiveTransformV3 computes for affine maps, by ops that every
// backend has. (The Transform kernel of tfjs for the cpu leaves all images of a batch but the first as they are.)

import { sampleImages } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';

/** What lies outside an image: `abcd` goes on as `dcba`, `abcd`, with one value, or with `dddd`. */
export type FillMode = 'reflect' | 'wrap' | 'constant' | 'nearest';

export interface AffineSettings {
  readonly fillMode: FillMode;
  readonly interpolation: 'bilinear' | 'nearest';
  readonly fillValue: number;
}

/**
 * Pixel (x, y) of a result is that at (a₀x + a₁y + a₂, b₀x + b₁y + b₂) of its image.
 *
 * @param images [batch, height, width, channels]
 * @param maps [batch, 6]: a₀, a₁, a₂, b₀, b₁, b₂ of each image
 */
export function affineTransform(
  images: tf.Tensor4D,
  maps: tf.Tensor2D,
  { fillMode, interpolation, fillValue }: AffineSettings,
): tf.Tensor4D {
  return tf.tidy(() => {
    const [batch, height, width] = images.shape;
    const columns = tf.reshape(tf.range(0, width), [1, 1, width]);
    const rows = tf.reshape(tf.range(0, height), [1, height, 1]);
    const [a0, a1, a2, b0, b1, b2] = tf
      .split(maps, 6, 1)
      .map((column) => tf.reshape(column, [batch, 1, 1])) as [tf.Tensor, ...tf.Tensor[]];
    const at = (c0: tf.Tensor, c1: tf.Tensor, c2: tf.Tensor, length: number) =>
      bounded(tf.add(tf.add(tf.mul(c0, columns), tf.mul(c1, rows)), c2), length, fillMode);
    const x = at(a0, a1 as tf.Tensor, a2 as tf.Tensor, width);
    const y = at(b0 as tf.Tensor, b1 as tf.Tensor, b2 as tf.Tensor, height);
    const outside = fillMode === 'constant' ? fillValue : undefined;
    return sampleImages(images, x, y, { interpolation, ...(outside !== undefined && { outside }) });
  });
}

function clamp(x: tf.Tensor, length: number): tf.Tensor {
  return tf.clipByValue(x, 0, length - 1);
}

/** Coordinates inside the image for those outside, but for `constant`. */
function bounded(x: tf.Tensor, length: number, mode: FillMode): tf.Tensor {
  if (mode === 'constant') return x;
  if (mode === 'nearest') return clamp(x, length);
  if (length === 1) return tf.zerosLike(x);
  const [low, high] = mode === 'reflect' ? reflected(x, length) : wrapped(x, length);
  const inner = tf.where(tf.less(x, 0), low, tf.where(tf.greater(x, length - 1), high, x));
  // What lies beyond the centre of the last pixel belongs to it.
  return clamp(inner, length);
}

/** For coordinates below 0, and for those above the last. */
function reflected(x: tf.Tensor, length: number): [tf.Tensor, tf.Tensor] {
  const period = 2 * length;
  const shifted = tf.add(tf.mul(tf.floor(tf.div(tf.neg(x), period)), period), x);
  const low = tf.where(
    tf.less(shifted, -length),
    tf.add(shifted, period),
    tf.sub(tf.neg(shifted), 1),
  );
  const rest = tf.sub(x, tf.mul(tf.floor(tf.div(x, period)), period));
  const high = tf.where(tf.greaterEqual(rest, length), tf.sub(period - 1, rest), rest);
  return [low, high];
}

/** Likewise. */
function wrapped(x: tf.Tensor, length: number): [tf.Tensor, tf.Tensor] {
  const turns = (distance: tf.Tensor) => tf.floor(tf.div(distance, length - 1));
  return [
    tf.add(x, tf.mul(tf.add(turns(tf.neg(x)), 1), length)),
    tf.sub(x, tf.mul(turns(x), length)),
  ];
}
