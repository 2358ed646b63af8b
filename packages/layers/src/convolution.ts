// What all convolution layers share: their arguments and config, bias, activation, where the channels are.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { dilated, type Pair } from './dilation.js';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';
import {
  type Activation,
  type ActivationArgument,
  activationOf,
  type ConstraintArgument,
  type InitializerArgument,
  type RegularizerArgument,
  weightConfig,
  type WeightSettings,
  weightSettings,
} from './weights.js';

export interface ConvolutionArgs extends LayerArgs {
  /** Lengths of the window, or one for all dimensions. */
  kernelSize: number | readonly number[];
  /** Default 1. */
  strides?: number | readonly number[];
  /** Default `valid`. */
  padding?: 'valid' | 'same';
  /** Default `channelsLast`. */
  dataFormat?: 'channelsLast' | 'channelsFirst';
  /** Distance of the kernel's taps. Default 1; with strides, no other. */
  dilationRate?: number | readonly number[];
  /** Default `linear`. */
  activation?: ActivationArgument;
  /** Default true. */
  useBias?: boolean;
  /** Default `zeros`. */
  biasInitializer?: InitializerArgument;
  biasRegularizer?: RegularizerArgument;
  biasConstraint?: ConstraintArgument;
}

/** A sequence is an image of height 1; a volume is a sequence of images. */
export abstract class Convolution extends layers.Layer {
  protected readonly kernelSize: readonly number[];
  protected readonly strides: readonly number[];
  protected readonly padding: 'valid' | 'same' | 'causal';
  protected readonly dilationRate: readonly number[];
  protected readonly dataFormat: 'channelsLast' | 'channelsFirst';
  private readonly activation: Activation;
  private readonly useBias: boolean;
  private readonly biasSettings: WeightSettings;
  private bias: LayerVariable | undefined;

  /** @param rank the number of spatial dimensions */
  constructor(
    protected readonly rank: 1 | 2 | 3,
    args: Omit<ConvolutionArgs, 'padding'> & { padding?: 'valid' | 'same' | 'causal' },
  ) {
    super(args);
    this.kernelSize = lengths('kernelSize', args.kernelSize, rank);
    this.strides = lengths('strides', args.strides ?? 1, rank);
    this.dilationRate = lengths('dilationRate', args.dilationRate ?? 1, rank);
    this.padding = args.padding ?? 'valid';
    this.dataFormat = args.dataFormat ?? 'channelsLast';
    this.activation = activationOf(args.activation);
    this.useBias = args.useBias ?? true;
    this.biasSettings = weightSettings('bias', args, 'zeros');
    const paddings = rank === 1 ? ['valid', 'same', 'causal'] : ['valid', 'same'];
    if (!paddings.includes(this.padding)) {
      throw invalidArgument('padding', `one of ${paddings.join(', ')}`, this.padding);
    }
    if (Math.max(...this.strides) > 1 && Math.max(...this.dilationRate) > 1) {
      throw invalidArgument('dilationRate', '1 where strides are not', args.dilationRate);
    }
  }

  /** The number of channels of an output. */
  protected abstract outputChannels(inputChannels: number): number;

  /** Makes the kernels. */
  protected abstract buildKernels(inputChannels: number): void;

  /** @param x [batch, height, width, channels], or of volumes [batch, depth, height, width, channels] */
  protected abstract convolve(x: tf.Tensor): tf.Tensor;

  protected weight(name: string, shape: Shape, settings: WeightSettings): LayerVariable {
    const { initializer, regularizer, constraint } = settings;
    return this.addWeight(name, shape, 'float32', initializer, regularizer, true, constraint);
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    const axis = this.dataFormat === 'channelsLast' ? this.rank + 1 : 1;
    const channels = shape[axis];
    if (shape.length !== this.rank + 2 || channels == null) {
      throw invalidArgument('inputShape', `${this.rank + 2} lengths, with known channels`, shape);
    }
    this.inputSpec = [{ ndim: shape.length, axes: { [axis]: channels } }];
    this.buildKernels(channels);
    if (this.useBias) {
      this.bias = this.weight('bias', [this.outputChannels(channels)], this.biasSettings);
    }
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const given = oneTensor(inputs);
      const isFirst = this.dataFormat === 'channelsFirst';
      const spatial = Array.from({ length: this.rank }, (_, i) => i + 1);
      const last = isFirst ? tf.transpose(given, [0, ...spatial.map((i) => i + 1), 1]) : given;
      const x = this.rank === 1 ? tf.expandDims(last, 1) : last;
      const convolved = this.convolve(this.padded(x));
      const y = this.bias ? tf.add(convolved, this.bias.read()) : convolved;
      const flat = this.rank === 1 ? tf.squeeze(y, [1]) : y;
      const output = isFirst ? tf.transpose(flat, [0, this.rank + 1, ...spatial]) : flat;
      return this.activation.apply(output);
    });
  }

  /** Causal padding lets an output see its own and earlier times only. */
  private padded(x: tf.Tensor): tf.Tensor {
    if (this.padding !== 'causal') return x;
    const before = ((this.kernelSize[0] as number) - 1) * (this.dilationRate[0] as number);
    return tf.pad(x, [
      [0, 0],
      [0, 0],
      [before, 0],
      [0, 0],
    ]);
  }

  /** Runs a convolution of tfjs, which is given strides and padding, with this layer's strides, padding and dilation. */
  protected slide(
    x: tf.Tensor4D,
    convolve: (x: tf.Tensor4D, strides: [number, number], padding: 'valid' | 'same') => tf.Tensor4D,
  ): tf.Tensor4D {
    const [size, dilation] = [image(this.kernelSize), image(this.dilationRate)];
    const padding = this.padding === 'same' ? 'same' : 'valid';
    if (Math.max(...dilation) > 1) {
      return dilated(x, { size, dilation, padding }, (blocks) => convolve(blocks, [1, 1], 'valid'));
    }
    // Along the height of 1 any stride is the same, and some kernels take only equal ones.
    const [stride] = this.strides as [number];
    return convolve(x, this.rank === 1 ? [stride, stride] : [...image(this.strides)], padding);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = oneShape(inputShape);
    const isLast = this.dataFormat === 'channelsLast';
    const [space, channels] = isLast
      ? [shape.slice(1, -1), shape.at(-1)]
      : [shape.slice(2), shape[1]];
    const spatial = space.map((length, i) => {
      if (length == null) return null;
      const reach = ((this.kernelSize[i] as number) - 1) * (this.dilationRate[i] as number);
      const starts = this.padding === 'valid' ? length - reach : length;
      return Math.ceil(starts / (this.strides[i] as number));
    });
    const outputs = this.outputChannels(channels as number);
    const batch = shape[0] as number | null;
    return isLast ? [batch, ...spatial, outputs] : [batch, outputs, ...spatial];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { padding, dataFormat, useBias } = this;
    return {
      ...super.getConfig(),
      kernelSize: [...this.kernelSize],
      strides: [...this.strides],
      dilationRate: [...this.dilationRate],
      ...{ padding, dataFormat, useBias },
      activation: this.activation.getClassName(),
      ...weightConfig('bias', this.biasSettings),
    };
  }
}

/** Of a sequence or a volume, those of its images. */
export const image = (lengths: readonly number[]): Pair => [
  lengths.at(-2) ?? 1,
  lengths.at(-1) as number,
];

/** A positive integer. */
export function positive(argument: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw invalidArgument(argument, 'a positive integer', value);
}

/** One for each of `rank` dimensions. */
export function lengths(
  argument: string,
  value: number | readonly number[],
  rank: number,
  least = 1,
): number[] {
  const list = typeof value === 'number' ? Array<number>(rank).fill(value) : [...value];
  if (list.length === rank && list.every((each) => Number.isSafeInteger(each) && each >= least)) {
    return list;
  }
  throw invalidArgument(argument, `a positive integer, or ${rank} of them`, value);
}
