// Images turned, moved, stretched: what TensorFlow's ImageProjectiveTransformV3 computes for affine maps, by ops that every
// backend has. (The Transform kernel of tfjs for the cpu leaves all images of a batch but the first as they are.)

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
    const read = reader(images, fillMode === 'constant' ? fillValue : undefined);
    if (interpolation === 'nearest') return read(rounded(x), rounded(y));
    const [left, above] = [tf.floor(x), tf.floor(y)];
    const [right, below] = [tf.add(left, 1), tf.add(above, 1)];
    const mix = (from: tf.Tensor, to: tf.Tensor, share: tf.Tensor) =>
      tf.add(tf.mul(from, tf.sub(1, share)), tf.mul(to, share));
    const across = tf.expandDims(tf.sub(x, left), -1);
    return mix(
      mix(read(left, above), read(right, above), across),
      mix(read(left, below), read(right, below), across),
      tf.expandDims(tf.sub(y, above), -1),
    ) as tf.Tensor4D;
  });
}

/** The pixels [batch, height, width, channels] at whole coordinates [batch, height, width]. */
function reader(images: tf.Tensor4D, outside: number | undefined) {
  const [batch, height, width, channels] = images.shape;
  const pixels = tf.reshape(images, [batch * height * width, channels]);
  const first = tf.reshape(tf.mul(tf.range(0, batch), height * width), [batch, 1, 1]);
  return (x: tf.Tensor, y: tf.Tensor): tf.Tensor4D => {
    const [column, row] = [clamp(x, width), clamp(y, height)];
    const index = tf.cast(tf.add(first, tf.add(tf.mul(row, width), column)), 'int32');
    const found: tf.Tensor4D = tf.reshape(tf.gather(pixels, tf.reshape(index, [-1])), images.shape);
    if (outside === undefined) return found;
    const isInside = tf.logicalAnd(tf.equal(column, x), tf.equal(row, y));
    const mask = tf.broadcastTo(tf.expandDims(isInside, -1), images.shape);
    return tf.where<tf.Tensor4D>(mask, found, tf.fill(images.shape, outside));
  };
}

function clamp(x: tf.Tensor, length: number): tf.Tensor {
  return tf.clipByValue(x, 0, length - 1);
}

/** Halves away from 0, as C++ does; tf.round goes to even numbers. */
function rounded(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.sign(x), tf.floor(tf.add(tf.abs(x), 0.5)));
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
