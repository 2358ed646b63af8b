// Keras's RandomCrop, which tfjs-layers lacks.

import * as tf from '@tensorflow/tfjs-core';
import { positive } from './convolution.js';
import type { Shape } from './inputs.js';
import { RandomImages, type RandomImagesArgs } from './random-images.js';
import { resize } from './resize.js';

export interface RandomCropArgs extends RandomImagesArgs {
  /** In pixels, as `width`. */
  height: number;
  width: number;
}

/** See {@link randomCrop}. */
export class GraftRandomCrop extends RandomImages {
  static readonly className = 'GraftRandomCrop';
  private readonly height: number;
  private readonly width: number;

  constructor(args: RandomCropArgs) {
    super(args);
    this.height = positive('height', args.height);
    this.width = positive('width', args.width);
  }

  /** The first row and column, of all images of the batch. */
  override draw(images: tf.Tensor4D): tf.Tensor {
    const [, height, width] = images.shape;
    if (height > this.height && width > this.width) {
      const [y, x] = [height - this.height + 1, width - this.width + 1].map((count) =>
        tf.floor(this.uniform([], 0, count)),
      );
      return tf.stack([y as tf.Tensor, x as tf.Tensor]);
    }
    const [tallest, widest] = [
      Math.trunc((width * this.height) / this.width),
      Math.trunc((height * this.width) / this.height),
    ];
    const half = (length: number, most: number) =>
      Math.trunc((length - Math.max(Math.min(length, most), 1)) / 2);
    return tf.tensor1d([half(height, tallest), half(width, widest)]);
  }

  override transform(images: tf.Tensor4D, drawn: tf.Tensor): tf.Tensor4D {
    const [batch, height, width, channels] = images.shape;
    const [y, x] = drawn.dataSync() as unknown as [number, number];
    const size: [number, number] = [
      Math.min(this.height, height - y),
      Math.min(this.width, width - x),
    ];
    const cropped = tf.slice(images, [0, y, x, 0], [batch, ...size, channels]);
    const isSmall = size[0] !== this.height || size[1] !== this.width;
    return isSmall ? resize(cropped, [this.height, this.width], 'bilinear', false) : cropped;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    const [batch = null, ...shape] = inputShape;
    return this.isLast
      ? [batch, this.height, this.width, shape[2] ?? null]
      : [batch, shape[0] ?? null, this.height, this.width];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { height, width } = this;
    return { ...super.getConfig(), height, width };
  }
}

/**
 * Keras's RandomCrop: in training, the same part of [height, width] of all images of a batch; where the images are too
 * small, their middle is resized. At other times, as in Keras, images pass as they are: put a CenterCrop or Resizing before
 * what needs the size.
 *
 * @throws GraftError when a length is no positive integer
 * @example
 * import { randomCrop } from '@graftjs/layers';
 * randomCrop({ height: 224, width: 224 });
 */
export function randomCrop(args: RandomCropArgs): GraftRandomCrop {
  return new GraftRandomCrop(args);
}
