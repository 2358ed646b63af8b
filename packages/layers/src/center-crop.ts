// Keras's CenterCrop, with gradients; that of tfjs-layers has none, and resizes otherwise.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { cropToAspectRatio } from './aspect-ratio.js';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';
import type { DataFormat } from './pads.js';
import { resize } from './resize.js';

export interface CenterCropArgs extends LayerArgs {
  /** In pixels, as `width`. */
  height: number;
  width: number;
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: DataFormat;
}

/** See {@link centerCrop}. */
export class GraftCenterCrop extends layers.Layer {
  static readonly className = 'GraftCenterCrop';
  private readonly height: number;
  private readonly width: number;
  private readonly dataFormat: DataFormat;

  constructor(args: CenterCropArgs) {
    super(args);
    for (const name of ['height', 'width'] as const) {
      const length = args[name];
      if (!Number.isSafeInteger(length) || length < 1) {
        throw invalidArgument(name, 'a positive integer', length);
      }
    }
    this.height = args.height;
    this.width = args.width;
    this.dataFormat = args.dataFormat ?? 'channelsLast';
    this.inputSpec = [{ ndim: 4 }];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const isLast = this.dataFormat === 'channelsLast';
      const x = tf.cast(oneTensor(inputs), 'float32') as tf.Tensor4D;
      const result = this.crop(isLast ? x : tf.transpose(x, [0, 2, 3, 1]));
      return isLast ? result : tf.transpose(result, [0, 3, 1, 2]);
    });
  }

  private crop(images: tf.Tensor4D): tf.Tensor4D {
    const [batch, height, width, channels] = images.shape;
    const [above, left] = [height - this.height, width - this.width].map((d) => Math.floor(d / 2));
    if (above === undefined || left === undefined || above < 0 || left < 0) {
      const size: [number, number] = [this.height, this.width];
      return resize(cropToAspectRatio(images, size), size, 'bilinear', false);
    }
    return tf.slice(images, [0, above, left, 0], [batch, this.height, this.width, channels]);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch = null, ...shape] = oneShape(inputShape);
    return this.dataFormat === 'channelsLast'
      ? [batch, this.height, this.width, shape[2] ?? null]
      : [batch, shape[0] ?? null, this.height, this.width];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { height, width, dataFormat } = this;
    return { ...super.getConfig(), height, width, dataFormat };
  }
}

/**
 * Keras's CenterCrop: the middle of [batch, height, width, channels], in float32. Where an image is too small, its
 * largest middle part of the right proportions is resized instead.
 *
 * @throws GraftError when a length is no positive integer
 * @example
 * import { centerCrop } from '@graftjs/layers';
 * centerCrop({ height: 224, width: 224 });
 */
export function centerCrop(args: CenterCropArgs): GraftCenterCrop {
  return new GraftCenterCrop(args);
}
