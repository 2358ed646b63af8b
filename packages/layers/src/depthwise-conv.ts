// Keras's DepthwiseConv1D and DepthwiseConv2D in full: dilation, strides, several kernels a channel.

import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { Convolution, type ConvolutionArgs, image, positive } from './convolution.js';
import {
  type ConstraintArgument,
  type InitializerArgument,
  type RegularizerArgument,
  weightConfig,
  type WeightSettings,
  weightSettings,
} from './weights.js';

export interface DepthwiseConvArgs extends ConvolutionArgs {
  /** Number of output channels for each input channel. Default 1. */
  depthMultiplier?: number;
  /** Default `glorotUniform`. */
  depthwiseInitializer?: InitializerArgument;
  depthwiseRegularizer?: RegularizerArgument;
  depthwiseConstraint?: ConstraintArgument;
}

/** What depthwise convolutions share with separable ones. */
export abstract class Depthwise extends Convolution {
  protected readonly depthMultiplier: number;
  private readonly depthwiseSettings: WeightSettings;
  private depthwiseKernel!: LayerVariable;

  constructor(rank: 1 | 2, args: DepthwiseConvArgs) {
    super(rank, args);
    this.depthMultiplier = positive('depthMultiplier', args.depthMultiplier ?? 1);
    this.depthwiseSettings = weightSettings('depthwise', args, 'glorotUniform');
  }

  protected override outputChannels(channels: number): number {
    return channels * this.depthMultiplier;
  }

  protected override buildKernels(channels: number): void {
    const shape = [...this.kernelSize, channels, this.depthMultiplier];
    this.depthwiseKernel = this.weight('depthwise_kernel', shape, this.depthwiseSettings);
  }

  protected override convolve(x: tf.Tensor4D): tf.Tensor4D {
    const [height, width] = image(this.kernelSize);
    const shape = [height, width, x.shape[3], this.depthMultiplier] as const;
    const kernel: tf.Tensor4D = tf.reshape(this.depthwiseKernel.read(), [...shape]);
    return this.slide(x, (x, strides, padding) => tf.depthwiseConv2d(x, kernel, strides, padding));
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { depthMultiplier } = this;
    const depthwise = weightConfig('depthwise', this.depthwiseSettings);
    return { ...super.getConfig(), depthMultiplier, ...depthwise };
  }
}

/** See {@link depthwiseConv1d}. */
export class GraftDepthwiseConv1D extends Depthwise {
  static readonly className = 'GraftDepthwiseConv1D';
  constructor(args: DepthwiseConvArgs) {
    super(1, args);
  }
}

/** See {@link depthwiseConv2d}. */
export class GraftDepthwiseConv2D extends Depthwise {
  static readonly className = 'GraftDepthwiseConv2D';
  constructor(args: DepthwiseConvArgs) {
    super(2, args);
  }
}

/**
 * Keras's DepthwiseConv1D, which tfjs-layers lacks: [batch, length, channels] → [batch, new length, channels · multiplier].
 *
 * @throws GraftError when an argument is out of range
 * @example
 * import { depthwiseConv1d } from '@graftjs/layers';
 * depthwiseConv1d({ kernelSize: 3, depthMultiplier: 2 });
 */
export function depthwiseConv1d(args: DepthwiseConvArgs): GraftDepthwiseConv1D {
  return new GraftDepthwiseConv1D(args);
}

/**
 * Keras's DepthwiseConv2D: [batch, height, width, channels] → [batch, new height, new width, channels · multiplier], or
 * with the channels first. That of tfjs-layers ignores the dilation.
 *
 * @throws GraftError when an argument is out of range
 * @example
 * import { depthwiseConv2d } from '@graftjs/layers';
 * depthwiseConv2d({ kernelSize: 3, padding: 'same', dilationRate: 2 });
 */
export function depthwiseConv2d(args: DepthwiseConvArgs): GraftDepthwiseConv2D {
  return new GraftDepthwiseConv2D(args);
}
