// Brightness as Keras has it, by way of Pillow: in whole units from 0 to 255.

import * as tf from '@tensorflow/tfjs-core';
import { between, checkRange, type Draw, type Range } from './draw.js';
import type { ImageTransform } from './image-transform.js';
import { extremes, onSome } from './per-image.js';

/** Multiplied by a number from here to there; 1 leaves an image as it is. */
export function brightness(range: Range): Draw {
  checkRange('brightnessRange', range, 0);
  return (random) => ({ brightness: between(random, ...range) });
}

/**
 * ⌊factor · ⌊value⌋⌋, at most 255. An image with values outside of 0 … 255 is stretched to these before, and back after.
 */
export function scaleBrightness(
  images: tf.Tensor4D,
  transforms: readonly ImageTransform[],
): tf.Tensor4D {
  return onSome(
    images,
    transforms,
    (transform) => transform.brightness,
    1,
    (all, factors) => {
      const { least, greatest } = extremes(all);
      const isOutside = tf.logicalOr(tf.less(least, 0), tf.greater(greatest, 255));
      const range = tf.sub(greatest, least);
      const one = tf.onesLike(least);
      // Of an image within 0 … 255 all this divides by 1 and adds 0, which is exact.
      const low = tf.where(isOutside, least, tf.zerosLike(least));
      const width = tf.where(isOutside, range, one);
      const scale = tf.where(isOutside, tf.mul(one, 255), one);
      const units = tf.floor(tf.mul(tf.div(tf.sub(all, low), width), scale));
      const bright = tf.minimum(tf.floor(tf.mul(units, factors)), 255);
      return tf.add(tf.mul(tf.div(bright, scale), width), low);
    },
  );
}
