// Keras's Resizing of images, with gradients and pixels whose centres are at halves; tfjs-layers has neither.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { cropToAspectRatio, padToAspectRatio } from './aspect-ratio.js';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';
import type { DataFormat } from './pads.js';
import { resize } from './resize.js';
import type { Interpolation } from './resize-weights.js';

export interface ResizingArgs extends LayerArgs {
  /** In pixels, as `width`. */
  height: number;
  width: number;
  /** Default `bilinear`. */
  interpolation?: Interpolation;
  /** Whether to crop the middle to the new proportions first, rather than to distort. Default false. */
  cropToAspectRatio?: boolean;
  /** Whether to pad to the new proportions first. Default false. */
  padToAspectRatio?: boolean;
  /** What to pad with. Default 0. */
  fillValue?: number;
  /** Whether to average over what becomes one pixel when an image shrinks. Default false. */
  antialias?: boolean;
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: DataFormat;
}

/** See {@link resizing}. */
export class GraftResizing extends layers.Layer {
  static readonly className = 'GraftResizing';
  private readonly settings: Required<Omit<ResizingArgs, keyof LayerArgs>>;

  constructor(args: ResizingArgs) {
    super(args);
    for (const name of ['height', 'width'] as const) {
      const length = args[name];
      if (!Number.isSafeInteger(length) || length < 1) {
        throw invalidArgument(name, 'a positive integer', length);
      }
    }
    this.settings = {
      height: args.height,
      width: args.width,
      interpolation: args.interpolation ?? 'bilinear',
      cropToAspectRatio: args.cropToAspectRatio ?? false,
      padToAspectRatio: args.padToAspectRatio ?? false,
      fillValue: args.fillValue ?? 0,
      antialias: args.antialias ?? false,
      dataFormat: args.dataFormat ?? 'channelsLast',
    };
    if (this.settings.cropToAspectRatio && this.settings.padToAspectRatio) {
      throw invalidArgument('padToAspectRatio', 'false with cropToAspectRatio', true);
    }
    this.inputSpec = [{ ndim: 4 }];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const { height, width, interpolation, antialias, dataFormat, fillValue } = this.settings;
      const size: [number, number] = [height, width];
      const isLast = dataFormat === 'channelsLast';
      const x = tf.cast(oneTensor(inputs), 'float32') as tf.Tensor4D;
      let images = isLast ? x : tf.transpose(x, [0, 2, 3, 1]);
      if (this.settings.cropToAspectRatio) images = cropToAspectRatio(images, size);
      if (this.settings.padToAspectRatio) images = padToAspectRatio(images, size, fillValue);
      const result = resize(images, size, interpolation, antialias);
      return isLast ? result : tf.transpose(result, [0, 3, 1, 2]);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { height, width, dataFormat } = this.settings;
    const [batch = null, ...shape] = oneShape(inputShape);
    return dataFormat === 'channelsLast'
      ? [batch, height, width, shape[2] ?? null]
      : [batch, shape[0] ?? null, height, width];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

/**
 * Keras's Resizing: [batch, any height, any width, channels] → [batch, height, width, channels] in float32, without
 * rounding.
 *
 * @throws GraftError when a length is no positive integer, or the image is to be cropped and padded
 * @example
 * import { resizing } from '@graftjs/layers';
 * resizing({ height: 224, width: 224, cropToAspectRatio: true });
 */
export function resizing(args: ResizingArgs): GraftResizing {
  return new GraftResizing(args);
}
