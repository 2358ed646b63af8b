// What is no linear change of colours: stretching each channel, sharpening, fewer bits, inverting what is bright.

import * as tf from '@tensorflow/tfjs-core';
import type { ImageTransform } from './image-transform.js';
import { onSome } from './per-image.js';

/** Pillow's `autocontrast` with nothing cut off: each channel from 0 to 255, unless it is of one value. */
export function stretchChannels(
  images: tf.Tensor4D,
  transforms: readonly ImageTransform[],
): tf.Tensor4D {
  const isIn = ({ autoContrast = false }: ImageTransform) => (autoContrast ? 1 : undefined);
  return onSome(images, transforms, isIn, 0, (all) => {
    const least = tf.min(all, [1, 2], true);
    const range = tf.sub(tf.max(all, [1, 2], true), least);
    const isFlat = tf.broadcastTo(tf.equal(range, 0), all.shape);
    const stretched = tf.mul(tf.div(tf.sub(all, least), tf.maximum(range, 1e-6)), 255);
    return tf.where(isFlat, all, stretched);
  });
}

/** Pillow's `Sharpness`: to or from a smoothed image, whose outermost pixels are as they were. */
export function sharpen(images: tf.Tensor4D, transforms: readonly ImageTransform[]): tf.Tensor4D {
  return onSome(
    images,
    transforms,
    ({ sharpness }) => sharpness,
    1,
    (all, factors) => {
      const [, height, width, channels] = all.shape;
      if (height < 3 || width < 3) return all;
      const weights = [1, 1, 1, 1, 5, 1, 1, 1, 1].map((weight) => weight / 13);
      const kernel = tf.tile(tf.tensor4d(weights, [3, 3, 1, 1]), [1, 1, channels, 1]);
      const inside = tf.depthwiseConv2d(all, kernel as tf.Tensor4D, 1, 'valid');
      const [one, two] = [[1, 1] as [number, number], [0, 0] as [number, number]];
      const smooth = tf.pad(inside, [two, one, one, two]);
      const isInside = tf.pad(tf.ones([1, height - 2, width - 2, 1]), [two, one, one, two]);
      const background = tf.where(
        tf.broadcastTo(tf.cast(isInside, 'bool'), all.shape),
        smooth,
        all,
      );
      return tf.clipByValue(tf.add(background, tf.mul(tf.sub(all, background), factors)), 0, 255);
    },
  );
}

/** The upper bits of each value. */
export function posterize(images: tf.Tensor4D, transforms: readonly ImageTransform[]): tf.Tensor4D {
  const step = ({ posterize: bits }: ImageTransform) =>
    bits === undefined ? undefined : 2 ** (8 - bits);
  return onSome(images, transforms, step, 1, (all, steps) =>
    tf.mul(tf.floor(tf.div(all, steps)), steps),
  );
}

/** 255 − value from a threshold on. */
export function solarize(images: tf.Tensor4D, transforms: readonly ImageTransform[]): tf.Tensor4D {
  return onSome(
    images,
    transforms,
    (transform) => transform.solarize,
    256,
    (all, thresholds) =>
      tf.where(tf.less(all, tf.broadcastTo(thresholds, all.shape)), all, tf.sub(255, all)),
  );
}
