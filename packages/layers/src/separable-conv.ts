// Keras's SeparableConv1D and SeparableConv2D in full: a convolution of each channel, then a mix of the channels.

import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { positive } from './convolution.js';
import { Depthwise, type DepthwiseConvArgs } from './depthwise-conv.js';
import {
  type ConstraintArgument,
  type InitializerArgument,
  type RegularizerArgument,
  weightConfig,
  type WeightSettings,
  weightSettings,
} from './weights.js';

export interface SeparableConvArgs extends DepthwiseConvArgs {
  /** Number of output channels. */
  filters: number;
  /** Default `glorotUniform`. */
  pointwiseInitializer?: InitializerArgument;
  pointwiseRegularizer?: RegularizerArgument;
  pointwiseConstraint?: ConstraintArgument;
}

abstract class Separable extends Depthwise {
  private readonly filters: number;
  private readonly pointwiseSettings: WeightSettings;
  private pointwiseKernel!: LayerVariable;

  constructor(rank: 1 | 2, args: SeparableConvArgs) {
    super(rank, args);
    this.filters = positive('filters', args.filters);
    this.pointwiseSettings = weightSettings('pointwise', args, 'glorotUniform');
  }

  protected override outputChannels(): number {
    return this.filters;
  }

  protected override buildKernels(channels: number): void {
    super.buildKernels(channels);
    const ones = this.kernelSize.map(() => 1);
    const shape = [...ones, channels * this.depthMultiplier, this.filters];
    this.pointwiseKernel = this.weight('pointwise_kernel', shape, this.pointwiseSettings);
  }

  protected override convolve(x: tf.Tensor4D): tf.Tensor4D {
    const wise = super.convolve(x);
    const mix: tf.Tensor4D = tf.reshape(this.pointwiseKernel.read(), [
      ...([1, 1, wise.shape[3], this.filters] as const),
    ]);
    return tf.conv2d(wise, mix, 1, 'valid');
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { filters } = this;
    const pointwise = weightConfig('pointwise', this.pointwiseSettings);
    return { ...super.getConfig(), filters, ...pointwise };
  }
}

/** See {@link separableConv1d}. */
export class GraftSeparableConv1D extends Separable {
  static readonly className = 'GraftSeparableConv1D';
  constructor(args: SeparableConvArgs) {
    super(1, args);
  }
}

/** See {@link separableConv2d}. */
export class GraftSeparableConv2D extends Separable {
  static readonly className = 'GraftSeparableConv2D';
  constructor(args: SeparableConvArgs) {
    super(2, args);
  }
}

/**
 * Keras's SeparableConv1D, which tfjs-layers lacks: [batch, length, channels] → [batch, new length, filters].
 *
 * @throws GraftError when an argument is out of range
 * @example
 * import { separableConv1d } from '@graftjs/layers';
 * separableConv1d({ filters: 8, kernelSize: 3 });
 */
export function separableConv1d(args: SeparableConvArgs): GraftSeparableConv1D {
  return new GraftSeparableConv1D(args);
}

/**
 * Keras's SeparableConv2D: [batch, height, width, channels] → [batch, new height, new width, filters], or with the channels
 * first. Other than that of tfjs-layers it has gradients with a dilation, and an initializer of its own for each kernel.
 *
 * @throws GraftError when an argument is out of range
 * @example
 * import { separableConv2d } from '@graftjs/layers';
 * separableConv2d({ filters: 128, kernelSize: 3, padding: 'same', useBias: false });
 */
export function separableConv2d(args: SeparableConvArgs): GraftSeparableConv2D {
  return new GraftSeparableConv2D(args);
}
