// Keras's dropout of whole feature maps of images and volumes; that of sequences is in tfjs-layers.

import { type DrawUniform, invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { dropped, type NoiseArgs, NoiseLayer } from './noise-layer.js';
import type { DataFormat } from './pads.js';

export interface SpatialDropoutArgs extends NoiseArgs {
  /** The probability with which a map is dropped, from 0 to 1. */
  rate: number;
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: DataFormat;
}

abstract class SpatialDropout extends NoiseLayer {
  private readonly rate: number;
  private readonly dataFormat: DataFormat;

  constructor(args: SpatialDropoutArgs, dimensions: number) {
    super(args);
    const { rate } = args;
    if (!(rate >= 0 && rate <= 1)) throw invalidArgument('rate', 'a number from 0 to 1', rate);
    this.rate = rate;
    this.dataFormat = args.dataFormat ?? 'channelsLast';
    this.inputSpec = [{ ndim: dimensions + 2 }];
  }

  override withNoise(x: tf.Tensor, draw: DrawUniform): tf.Tensor {
    if (this.rate === 0) return tf.clone(x);
    if (this.rate === 1) return tf.zerosLike(x);
    const channels = this.dataFormat === 'channelsLast' ? x.rank - 1 : 1;
    const maps = x.shape.map((length, i) => (i === 0 || i === channels ? length : 1));
    return dropped(x, this.rate, maps, draw);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate, dataFormat: this.dataFormat };
  }
}

/** See {@link spatialDropout2d}. */
export class GraftSpatialDropout2D extends SpatialDropout {
  static readonly className = 'GraftSpatialDropout2D';
  constructor(args: SpatialDropoutArgs) {
    super(args, 2);
  }
}

/** See {@link spatialDropout3d}. */
export class GraftSpatialDropout3D extends SpatialDropout {
  static readonly className = 'GraftSpatialDropout3D';
  constructor(args: SpatialDropoutArgs) {
    super(args, 3);
  }
}

/**
 * Keras's SpatialDropout2D: in training, each channel of each image is 0 with probability `rate`, and divided by 1 − rate
 * otherwise; at other times the input passes. [batch, height, width, channels].
 *
 * @throws GraftError when `rate` is outside 0…1
 * @example
 * import { spatialDropout2d } from '@graftjs/layers';
 * spatialDropout2d({ rate: 0.2 });
 */
export function spatialDropout2d(args: SpatialDropoutArgs): GraftSpatialDropout2D {
  return new GraftSpatialDropout2D(args);
}

/** As {@link spatialDropout2d}, of volumes. */
export function spatialDropout3d(args: SpatialDropoutArgs): GraftSpatialDropout3D {
  return new GraftSpatialDropout3D(args);
}
