// Keras's RandomFlip, which tfjs-layers lacks.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { RandomImages, type RandomImagesArgs } from './random-images.js';

type Mode = 'horizontal' | 'vertical' | 'horizontal_and_vertical';

const axes: Readonly<Record<Mode, number[]>> = {
  horizontal: [2],
  vertical: [1],
  horizontal_and_vertical: [1, 2],
};

export interface RandomFlipArgs extends RandomImagesArgs {
  /** Default `horizontal_and_vertical`: both at once, or neither. */
  mode?: Mode;
}

/** See {@link randomFlip}. */
export class GraftRandomFlip extends RandomImages {
  static readonly className = 'GraftRandomFlip';
  private readonly mode: Mode;

  constructor(args: RandomFlipArgs = {}) {
    super(args);
    const { mode = 'horizontal_and_vertical' } = args;
    if (!Object.hasOwn(axes, mode)) {
      throw invalidArgument('mode', `one of ${Object.keys(axes).join(', ')}`, mode);
    }
    this.mode = mode;
  }

  /** [batch]: whether an image is flipped. */
  override draw(images: tf.Tensor4D): tf.Tensor {
    return tf.lessEqual(this.uniform([images.shape[0]], 0, 1), 0.5);
  }

  override transform(images: tf.Tensor4D, drawn: tf.Tensor): tf.Tensor4D {
    return choose(drawn, tf.reverse(images, axes[this.mode]), images);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), mode: this.mode };
  }
}

/** Of two batches, image by image. */
export function choose(isFirst: tf.Tensor, first: tf.Tensor4D, second: tf.Tensor4D): tf.Tensor4D {
  const mask = tf.reshape(tf.cast(isFirst, 'bool'), [-1, 1, 1, 1]);
  return tf.where(tf.broadcastTo(mask, second.shape), first, second);
}

/**
 * Keras's RandomFlip: in training, each image [batch, height, width, channels] is flipped with probability ½; at other
 * times images pass.
 *
 * @throws GraftError when the mode is none
 * @example
 * import { randomFlip } from '@graftjs/layers';
 * randomFlip({ mode: 'horizontal' });
 */
export function randomFlip(args?: RandomFlipArgs): GraftRandomFlip {
  return new GraftRandomFlip(args);
}
