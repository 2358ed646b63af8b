// A number added to all channels.

import * as tf from '@tensorflow/tfjs-core';
import { between, checkUpTo, type Draw } from './draw.js';
import type { ImageTransform } from './image-transform.js';
import { extremes, onSome } from './per-image.js';

/** Up to so much either way. */
export function channelShift(range: number): Draw {
  checkUpTo('channelShiftRange', range);
  return (random) => ({ channelShiftIntensity: between(random, -range, range) });
}

/** Values stay between the least and the greatest one of their image. */
export function shiftChannels(
  images: tf.Tensor4D,
  transforms: readonly ImageTransform[],
): tf.Tensor4D {
  return onSome(
    images,
    transforms,
    ({ channelShiftIntensity }) => channelShiftIntensity,
    0,
    (all, numbers) => {
      const { least, greatest } = extremes(all);
      return tf.minimum(tf.maximum(tf.add(all, numbers), least), greatest);
    },
  );
}
