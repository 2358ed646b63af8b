// Keras's transposed convolutions of sequences, images and volumes in full: output padding, dilation, gradients.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { padDepth, tapsOf } from './conv-3d.js';
import { Convolution, type ConvolutionArgs, image, lengths, positive } from './convolution.js';
import { dilated } from './dilation.js';
import { oneShape, type Shape } from './inputs.js';
import {
  type ConstraintArgument,
  type InitializerArgument,
  type RegularizerArgument,
  weightConfig,
  type WeightSettings,
  weightSettings,
} from './weights.js';

export interface ConvTransposeArgs extends ConvolutionArgs {
  /** Number of output channels. */
  filters: number;
  /** How much longer the output is than the shortest that fits, less than the strides. Default null: as long as fits. */
  outputPadding?: number | readonly number[] | null;
  /** Default `glorotUniform`. */
  kernelInitializer?: InitializerArgument;
  kernelRegularizer?: RegularizerArgument;
  kernelConstraint?: ConstraintArgument;
}

/** Along one dimension. */
interface Extent {
  /** Of the output. */
  readonly length: number;
  /** How far the kernel reaches over the start of the output. */
  readonly before: number;
}

abstract class ConvTranspose extends Convolution {
  private readonly filters: number;
  private readonly outputPadding: readonly number[] | null;
  private readonly kernelSettings: WeightSettings;
  private kernel!: LayerVariable;

  constructor(rank: 1 | 2 | 3, args: ConvTransposeArgs) {
    super(rank, args);
    this.filters = positive('filters', args.filters);
    const { outputPadding = null } = args;
    this.outputPadding =
      outputPadding === null ? null : lengths('outputPadding', outputPadding, rank, 0);
    this.kernelSettings = weightSettings('kernel', args, 'glorotUniform');
    if (this.padding === 'causal') {
      throw invalidArgument('padding', 'one of valid, same', this.padding);
    }
    if (this.outputPadding?.some((length, i) => length >= (this.strides[i] as number))) {
      throw invalidArgument(
        'outputPadding',
        `less than the strides ${this.strides.join()}`,
        outputPadding,
      );
    }
  }

  protected override outputChannels(): number {
    return this.filters;
  }

  protected override buildKernels(channels: number): void {
    const shape = [...this.kernelSize, this.filters, channels];
    this.kernel = this.weight('kernel', shape, this.kernelSettings);
  }

  private extent(length: number, i: number): Extent {
    const [size, step, stride] = [this.kernelSize, this.dilationRate, this.strides].map(
      (list) => list[i] as number,
    ) as [number, number, number];
    const reach = (size - 1) * step + 1;
    const most = (length - 1) * stride + reach;
    const padding = this.outputPadding?.[i];
    if (this.padding === 'valid') {
      return { length: most + (padding ?? Math.max(stride - reach, 0)), before: 0 };
    }
    const output =
      padding === undefined ? length * stride : (length - 1) * stride + (reach % 2) + padding;
    return { length: output, before: Math.floor(Math.max(most - output, 0) / 2) };
  }

  protected override convolve(x: tf.Tensor): tf.Tensor {
    const kernel = this.kernel.read();
    if (this.rank === 3) return this.overFrames(x, kernel);
    return this.transposed(x as tf.Tensor4D, kernel);
  }

  /** Of images, by `weights` in the order height, width, filters, channels. */
  private transposed(x: tf.Tensor4D, weights: tf.Tensor): tf.Tensor4D {
    const [batch, ...space] = x.shape;
    const channels = space[2];
    const [size, dilation] = [image(this.kernelSize), image(this.dilationRate)];
    const kernel: tf.Tensor4D = tf.reshape(weights, [...size, this.filters, channels]);
    const extents = size.map((_, i): Extent => {
      // A sequence is an image of height 1.
      const dimension = i + this.rank - 2;
      return dimension < 0 ? { length: 1, before: 0 } : this.extent(space[i] as number, dimension);
    }) as [Extent, Extent];
    if (Math.max(...dilation) === 1) {
      const shape = [batch, extents[0].length, extents[1].length, this.filters] as const;
      const padding = this.padding === 'same' ? 'same' : 'valid';
      return tf.conv2dTranspose(x, kernel, [...shape], [...image(this.strides)], padding);
    }
    // Without strides it is a convolution with the kernel turned round.
    const around = extents.map(({ length, before }, i): [number, number] => {
      const reach = ((size[i] as number) - 1) * (dilation[i] as number);
      return [reach - before, length - (space[i] as number) + before];
    }) as [[number, number], [number, number]];
    const turned: tf.Tensor4D = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]);
    const padded = tf.pad(x, [[0, 0], ...around, [0, 0]]);
    return dilated(padded, { size, dilation, padding: 'valid' }, (blocks) =>
      tf.conv2d(blocks, turned, 1, 'valid'),
    );
  }

  /** Of a volume: each tap of the kernel along the depth by itself, set apart by the strides and shifted. */
  private overFrames(x: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
    const [batch, depth, ...frame] = x.shape as [number, number, number, number, number];
    const [stride, step] = [this.strides[0] as number, this.dilationRate[0] as number];
    const frames: tf.Tensor4D = tf.reshape(x, [batch * depth, ...frame]);
    const { length, before } = this.extent(depth, 0);
    const taps = tapsOf(kernel);
    const whole = Math.max(depth * stride + (taps.length - 1) * step, length + before);
    const parts = taps.map((tap, i) => {
      const images = this.transposed(frames, tap);
      const flat = tf.reshape(images, [batch * depth, 1, -1]);
      const apart = tf.pad(flat, [
        [0, 0],
        [0, stride - 1],
        [0, 0],
      ]);
      const spread = tf.reshape(apart, [batch, depth * stride, ...images.shape.slice(1)]);
      return padDepth(spread, i * step, whole - depth * stride - i * step);
    });
    const sum = parts.length > 1 ? tf.addN(parts) : (parts[0] as tf.Tensor);
    const shape = [batch, length, ...sum.shape.slice(2)];
    return tf.slice(sum, [0, before, 0, 0, 0], shape);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = oneShape(inputShape);
    const isLast = this.dataFormat === 'channelsLast';
    const space = isLast ? shape.slice(1, -1) : shape.slice(2);
    const spatial = space.map((length, i) =>
      length === null ? null : this.extent(length, i).length,
    );
    const batch = shape[0] ?? null;
    return isLast ? [batch, ...spatial, this.filters] : [batch, this.filters, ...spatial];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { filters } = this;
    const outputPadding = this.outputPadding && [...this.outputPadding];
    const kernel = weightConfig('kernel', this.kernelSettings);
    return { ...super.getConfig(), filters, outputPadding, ...kernel };
  }
}

/** See {@link conv1dTranspose}. */
export class GraftConv1DTranspose extends ConvTranspose {
  static readonly className = 'GraftConv1DTranspose';
  constructor(args: ConvTransposeArgs) {
    super(1, args);
  }
}

/** See {@link conv2dTranspose}. */
export class GraftConv2DTranspose extends ConvTranspose {
  static readonly className = 'GraftConv2DTranspose';
  constructor(args: ConvTransposeArgs) {
    super(2, args);
  }
}

/** See {@link conv3dTranspose}. */
export class GraftConv3DTranspose extends ConvTranspose {
  static readonly className = 'GraftConv3DTranspose';
  constructor(args: ConvTransposeArgs) {
    super(3, args);
  }
}

/**
 * Keras's Conv1DTranspose, which tfjs-layers lacks: [batch, length, channels] → [batch, new length, filters]. The new
 * length is length · strides with `same` padding, and (length − 1) · strides + max(kernel, strides) with `valid`.
 *
 * @throws GraftError when an argument is out of range
 * @example
 * import { conv1dTranspose } from '@graftjs/layers';
 * conv1dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same' });
 */
export function conv1dTranspose(args: ConvTransposeArgs): GraftConv1DTranspose {
  return new GraftConv1DTranspose(args);
}

/**
 * As {@link conv1dTranspose}, of images; that of tfjs-layers has no output padding and no dilation.
 *
 * @throws GraftError when an argument is out of range
 * @example
 * import { conv2dTranspose } from '@graftjs/layers';
 * conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', outputPadding: 1 });
 */
export function conv2dTranspose(args: ConvTransposeArgs): GraftConv2DTranspose {
  return new GraftConv2DTranspose(args);
}

/**
 * As {@link conv2dTranspose}, of volumes; that of tfjs-layers has no gradient.
 *
 * @throws GraftError when an argument is out of range
 * @example
 * import { conv3dTranspose } from '@graftjs/layers';
 * conv3dTranspose({ filters: 4, kernelSize: 3, strides: 2 });
 */
export function conv3dTranspose(args: ConvTransposeArgs): GraftConv3DTranspose {
  return new GraftConv3DTranspose(args);
}
