// Pixels of images at any points, between pixels too, by ops that every backend has.

import * as tf from '@tensorflow/tfjs-core';

export interface SampleSettings {
  /** Whether what lies between pixels is mixed of four, or is the nearest of them. */
  readonly interpolation: 'bilinear' | 'nearest';
  /** The value of all pixels outside the image. Default: that of the nearest pixel inside. */
  readonly outside?: number;
}

/**
 * Reads images at points. There is a gradient for the images, none for the points.
 *
 * @param images [batch, height, width, channels]
 * @param x the column of each point, [batch, rows, columns]; a whole number is the centre of a pixel
 * @param y the row of each point, likewise
 * @returns [batch, rows, columns, channels]
 * @example
 * const images = tf.tensor4d([0, 100], [1, 1, 2, 1]);
 * sampleImages(images, tf.tensor3d([[[0.25]]]), tf.zeros([1, 1, 1]), { interpolation: 'bilinear' }); // [[[[25]]]]
 */
export function sampleImages(
  images: tf.Tensor4D,
  x: tf.Tensor,
  y: tf.Tensor,
  { interpolation, outside }: SampleSettings,
): tf.Tensor4D {
  return tf.tidy(() => {
    const read = reader(images, outside);
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

/** The pixels at whole coordinates [batch, rows, columns]. */
function reader(images: tf.Tensor4D, outside: number | undefined) {
  const [batch, height, width, channels] = images.shape;
  const pixels = tf.reshape(images, [batch * height * width, channels]);
  const first = tf.reshape(tf.mul(tf.range(0, batch), height * width), [batch, 1, 1]);
  return (x: tf.Tensor, y: tf.Tensor): tf.Tensor4D => {
    const shape = [...x.shape, channels] as [number, number, number, number];
    const column = tf.clipByValue(x, 0, width - 1);
    const row = tf.clipByValue(y, 0, height - 1);
    const index = tf.cast(tf.add(first, tf.add(tf.mul(row, width), column)), 'int32');
    const found: tf.Tensor4D = tf.reshape(tf.gather(pixels, tf.reshape(index, [-1])), shape);
    if (outside === undefined) return found;
    const isInside = tf.logicalAnd(tf.equal(column, x), tf.equal(row, y));
    const mask = tf.broadcastTo(tf.expandDims(isInside, -1), shape);
    return tf.where<tf.Tensor4D>(mask, found, tf.fill(shape, outside));
  };
}

/** Halves away from 0, as C++ does; tf.round goes to even numbers. */
function rounded(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.sign(x), tf.floor(tf.add(tf.abs(x), 0.5)));
}
