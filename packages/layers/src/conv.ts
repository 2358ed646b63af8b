// Keras's Conv1D and Conv2D in full: groups, dilation with gradients, causal padding.

import { invalidArgument } from '@graftjs/core';
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

export interface Conv2DArgs extends ConvolutionArgs {
  /** Number of output channels. */
  filters: number;
  /** Number of parts into which input and output channels are divided, each convolved by itself. Default 1. */
  groups?: number;
  /** Default `glorotUniform`. */
  kernelInitializer?: InitializerArgument;
  kernelRegularizer?: RegularizerArgument;
  kernelConstraint?: ConstraintArgument;
}

export interface Conv1DArgs extends Omit<Conv2DArgs, 'padding'> {
  /** With `causal`, an output sees its own and earlier times only. Default `valid`. */
  padding?: 'valid' | 'same' | 'causal';
}

export abstract class Conv extends Convolution {
  protected readonly filters: number;
  private readonly groups: number;
  private readonly kernelSettings: WeightSettings;
  protected kernel!: LayerVariable;

  constructor(rank: 1 | 2 | 3, args: Conv1DArgs) {
    super(rank, args);
    this.filters = positive('filters', args.filters);
    this.groups = positive('groups', args.groups ?? 1);
    this.kernelSettings = weightSettings('kernel', args, 'glorotUniform');
    if (this.filters % this.groups !== 0) {
      throw invalidArgument('groups', `a divisor of the ${this.filters} filters`, this.groups);
    }
  }

  protected override outputChannels(): number {
    return this.filters;
  }

  protected override buildKernels(channels: number): void {
    if (channels % this.groups !== 0) {
      throw invalidArgument('groups', `a divisor of the ${channels} input channels`, this.groups);
    }
    const shape = [...this.kernelSize, channels / this.groups, this.filters];
    this.kernel = this.weight('kernel', shape, this.kernelSettings);
  }

  protected override convolve(x: tf.Tensor4D): tf.Tensor {
    return this.convolveImages(x, this.kernel.read());
  }

  /** @param weights height · width · inputs · filters of them, in this order */
  protected convolveImages(x: tf.Tensor4D, weights: tf.Tensor): tf.Tensor4D {
    const { groups, filters } = this;
    const [height, width] = image(this.kernelSize);
    const inputs = x.shape[3];
    const kernel: tf.Tensor4D = tf.reshape(weights, [height, width, inputs / groups, filters]);
    return this.slide(x, (x, strides, padding) => {
      if (groups === 1) return tf.conv2d(x, kernel, strides, padding);
      // A kernel a channel, which TensorFlow takes with equal strides only.
      if (groups === inputs && strides[0] === strides[1]) {
        const wise: tf.Tensor4D = tf.reshape(kernel, [height, width, groups, filters / groups]);
        return tf.depthwiseConv2d(x, wise, strides, padding);
      }
      const parts: tf.Tensor4D[] = tf.split(x, groups, 3);
      const kernels: tf.Tensor4D[] = tf.split(kernel, groups, 3);
      return tf.concat(
        parts.map((part, i) => tf.conv2d(part, kernels[i] as tf.Tensor4D, strides, padding)),
        3,
      );
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { filters, groups } = this;
    const kernel = weightConfig('kernel', this.kernelSettings);
    return { ...super.getConfig(), filters, groups, ...kernel };
  }
}

/** See {@link conv1d}. */
export class GraftConv1D extends Conv {
  static readonly className = 'GraftConv1D';
  constructor(args: Conv1DArgs) {
    super(1, args);
  }
}

/** See {@link conv2d}. */
export class GraftConv2D extends Conv {
  static readonly className = 'GraftConv2D';
  constructor(args: Conv2DArgs) {
    super(2, args);
  }
}

/**
 * Keras's Conv1D: [batch, length, channels] → [batch, new length, filters]. Other than that of tfjs-layers it has causal
 * padding, groups, gradients with a dilation, and Keras's standard initializer.
 *
 * @throws GraftError when an argument is out of range, or groups do not divide filters and channels
 * @example
 * import { conv1d } from '@graftjs/layers';
 * conv1d({ filters: 8, kernelSize: 3, padding: 'causal', dilationRate: 2 });
 */
export function conv1d(args: Conv1DArgs): GraftConv1D {
  return new GraftConv1D(args);
}

/**
 * Keras's Conv2D: [batch, height, width, channels] → [batch, new height, new width, filters], or with the channels first.
 * Other than that of tfjs-layers it has groups, gradients with a dilation, and Keras's standard initializer.
 *
 * @throws GraftError when an argument is out of range, or groups do not divide filters and channels
 * @example
 * import { conv2d } from '@graftjs/layers';
 * conv2d({ filters: 64, kernelSize: 3, padding: 'same', groups: 32 });
 */
export function conv2d(args: Conv2DArgs): GraftConv2D {
  return new GraftConv2D(args);
}
