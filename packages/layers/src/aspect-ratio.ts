// Cropping and padding images to the proportions of another size, pixel by pixel as Keras does it.

import * as tf from '@tensorflow/tfjs-core';

type Size = readonly [number, number];

/** The largest middle part of [batch, height, width, channels] with the proportions of `size`. */
export function cropToAspectRatio(images: tf.Tensor4D, size: Size): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const [tallest, widest] = proportional(height, width, size);
  const [rows, columns] = [
    Math.max(Math.min(height, tallest), 1),
    Math.max(Math.min(width, widest), 1),
  ];
  const begin: [number, number] = [half(height - rows), half(width - columns)];
  return tf.slice(images, [0, ...begin, 0], [batch, rows, columns, channels]);
}

/** [batch, height, width, channels] within a frame of `value` that gives it the proportions of `size`. */
export function padToAspectRatio(images: tf.Tensor4D, size: Size, value: number): tf.Tensor4D {
  const [, height, width] = images.shape;
  const [rows, columns] = proportional(height, width, size);
  // As in Keras, both sides alike: an odd pixel is lost.
  const above = half(Math.max(rows - height, 0));
  const left = half(Math.max(columns - width, 0));
  return tf.pad(
    images,
    [
      [0, 0],
      [above, above],
      [left, left],
      [0, 0],
    ],
    value,
  );
}

/** The height that belongs to the width in the proportions of `size`, and the width that belongs to the height. */
function proportional(height: number, width: number, [rows, columns]: Size): [number, number] {
  return [
    Math.trunc(Math.fround((width * rows) / columns)),
    Math.trunc(Math.fround((height * columns) / rows)),
  ];
}

function half(length: number): number {
  return Math.trunc(length / 2);
}
