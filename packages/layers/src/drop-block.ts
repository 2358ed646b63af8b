// DropBlock: dropout of whole squares of feature maps, since neighbours know what a single value that was dropped was.

import { type DrawUniform, invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { dropRate, type NoiseArgs, NoiseLayer } from './noise-layer.js';
import type { DataFormat } from './pads.js';

export interface DropBlockArgs extends NoiseArgs {
  /** About which part of the values is dropped, from 0 up to and without 1. */
  rate: number;
  /** The side of a square, or height and width; cut off where a map is smaller. */
  blockSize: number | readonly [number, number];
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: DataFormat;
}

/** See {@link dropBlock2d}. */
export class GraftDropBlock2D extends NoiseLayer {
  static readonly className = 'GraftDropBlock2D';
  private readonly rate: number;
  private readonly blockSize: readonly [number, number];
  private readonly dataFormat: DataFormat;

  constructor(args: DropBlockArgs) {
    super(args);
    this.rate = dropRate('rate', args.rate);
    const { blockSize } = args;
    const sides = typeof blockSize === 'number' ? [blockSize, blockSize] : [...blockSize];
    if (sides.length !== 2 || !sides.every((side) => Number.isSafeInteger(side) && side > 0))
      throw invalidArgument('blockSize', 'a positive integer, or two', blockSize);
    this.blockSize = sides as [number, number];
    this.dataFormat = args.dataFormat ?? 'channelsLast';
    this.inputSpec = [{ ndim: 4 }];
  }

  override withNoise(x: tf.Tensor, draw: DrawUniform): tf.Tensor {
    if (this.rate === 0) return tf.clone(x);
    const isLast = this.dataFormat === 'channelsLast';
    const [batch, channels] = [x.shape[0], x.shape[isLast ? 3 : 1]] as [number, number];
    const size = (isLast ? x.shape.slice(1, 3) : x.shape.slice(2)) as [number, number];
    // Each channel of each image by itself.
    const images = isLast ? batch : batch * channels;
    const holes = this.holes([images, ...size, isLast ? channels : 1], draw);
    const kept = tf.reshape(tf.sub(1, holes), x.shape);
    // What is left is scaled up by what there is of it; nothing is left only of tiny batches.
    const share = tf.div(tf.maximum(tf.sum(kept), 1), x.size);
    return tf.div(tf.mul(x, kept), share);
  }

  /** 1 within the blocks, 0 elsewhere. */
  private holes(
    [images, height, width, channels]: [number, number, number, number],
    draw: DrawUniform,
  ): tf.Tensor {
    const [blockHeight, blockWidth] = [
      Math.min(this.blockSize[0], height),
      Math.min(this.blockSize[1], width),
    ];
    // Where blocks begin, so that they lie within the map.
    const [rows, columns] = [height - blockHeight + 1, width - blockWidth + 1];
    const gamma = (this.rate * height * width) / (blockHeight * blockWidth) / (rows * columns);
    const corners = tf.cast(tf.less(draw([images, rows, columns, channels]), gamma), 'float32');
    const around = [1, blockHeight, blockWidth, 1].map((side): [number, number] => [
      side - 1,
      side - 1,
    ]);
    const padded = tf.pad(corners, around) as tf.Tensor4D;
    return tf.maxPool(padded, [blockHeight, blockWidth], 1, 'valid');
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { rate, dataFormat } = this;
    return { ...super.getConfig(), rate, blockSize: [...this.blockSize], dataFormat };
  }
}

/**
 * DropBlock: in training, a block of values next to each other in a feature map is 0, for each channel of each image by
 * itself, and all others are divided by the share that is left. [batch, height, width, channels]. Blocks begin at each
 * place from which they lie within the map, with the probability
 *
 *     γ = rate · height · width / (blockHeight · blockWidth) / ((height − blockHeight + 1)(width − blockWidth + 1))
 *
 * As blocks may overlap, somewhat less than `rate` is dropped. At other times the input passes.
 *
 * Same as `drop_block2d` of torchvision and `DropBlock2D` of KerasCV. Keras itself has none, so that its files cannot hold it.
 * To raise the rate in the course of training, as the authors do, is not here.
 *
 * Source: Ghiasi, Lin and Le 2018, "DropBlock: A regularization method for convolutional networks".
 *
 * @throws GraftError when `rate` is not ≥ 0 and < 1, or `blockSize` no positive integer, or two
 * @example
 * import { dropBlock2d } from '@graftjs/layers';
 * dropBlock2d({ rate: 0.1, blockSize: 7 });
 */
export function dropBlock2d(args: DropBlockArgs): GraftDropBlock2D {
  return new GraftDropBlock2D(args);
}
