// Keras's upsampling of sequences, images and volumes, with gradients.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';
import type { DataFormat } from './pads.js';
import { resize } from './resize.js';
import type { Interpolation } from './resize-weights.js';

export interface UpSampling1DArgs extends LayerArgs {
  /** How often each step is repeated. Default 2. */
  size?: number;
}

export interface UpSampling2DArgs extends LayerArgs {
  /** By what height and width are multiplied. Default 2. */
  size?: number | [number, number];
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: DataFormat;
  /** Default `nearest`, which repeats rows and columns. Not `area`. */
  interpolation?: Interpolation;
}

export interface UpSampling3DArgs extends LayerArgs {
  /** How often each plane, row and column is repeated. Default 2. */
  size?: number | [number, number, number];
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: DataFormat;
}

abstract class UpSampling extends layers.Layer {
  constructor(
    args: LayerArgs,
    protected readonly size: number[],
    protected readonly dataFormat: DataFormat,
  ) {
    super(args);
    this.inputSpec = [{ ndim: size.length + 2 }];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() =>
      this.size.reduce((x, times, i) => repeat(x, this.axis(i), times), oneTensor(inputs)),
    );
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = [...oneShape(inputShape)];
    for (const [i, times] of this.size.entries()) {
      const length = shape[this.axis(i)] ?? null;
      shape[this.axis(i)] = length === null ? null : length * times;
    }
    return shape;
  }

  private axis(i: number): number {
    return this.dataFormat === 'channelsLast' ? i + 1 : i + 2;
  }
}

/** Each entry along `axis` that many times. In rank 3: backends and gradients have limits above. */
function repeat(x: tf.Tensor, axis: number, times: number): tf.Tensor {
  if (times === 1) return x;
  const inner = tf.util.sizeFromShape(x.shape.slice(axis + 1));
  const copies = tf.mul(tf.reshape(x, [-1, 1, inner]), tf.ones([1, times, 1]));
  const shape = x.shape.map((length, i) => (i === axis ? length * times : length));
  return tf.reshape(copies, shape);
}

/** See {@link upSampling1d}. */
export class GraftUpSampling1D extends UpSampling {
  static readonly className = 'GraftUpSampling1D';

  constructor(args: UpSampling1DArgs = {}) {
    super(args, factors(args.size, 1), 'channelsLast');
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), size: this.size[0] as number };
  }
}

/** See {@link upSampling2d}. */
export class GraftUpSampling2D extends UpSampling {
  static readonly className = 'GraftUpSampling2D';
  private readonly interpolation: Interpolation;

  constructor(args: UpSampling2DArgs = {}) {
    super(args, factors(args.size, 2), args.dataFormat ?? 'channelsLast');
    this.interpolation = args.interpolation ?? 'nearest';
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    if (this.interpolation === 'nearest') return super.call(inputs);
    return tf.tidy(() => {
      const x = oneTensor(inputs) as tf.Tensor4D;
      const isLast = this.dataFormat === 'channelsLast';
      const images = isLast ? x : tf.transpose(x, [0, 2, 3, 1]);
      const [, height, width] = images.shape;
      const [rows, columns] = this.size as [number, number];
      const size: [number, number] = [height * rows, width * columns];
      const result = resize(images, size, this.interpolation, false);
      return isLast ? result : tf.transpose(result, [0, 3, 1, 2]);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { size, dataFormat, interpolation } = this;
    return { ...super.getConfig(), size, dataFormat, interpolation };
  }
}

/** See {@link upSampling3d}. */
export class GraftUpSampling3D extends UpSampling {
  static readonly className = 'GraftUpSampling3D';

  constructor(args: UpSampling3DArgs = {}) {
    super(args, factors(args.size, 3), args.dataFormat ?? 'channelsLast');
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), size: this.size, dataFormat: this.dataFormat };
  }
}

/**
 * Keras's UpSampling1D: [batch, steps, channels] → [batch, steps · size, channels], each step `size` times.
 *
 * @throws GraftError when `size` is no positive integer
 * @example
 * import { upSampling1d } from '@graftjs/layers';
 * upSampling1d({ size: 3 });
 */
export function upSampling1d(args?: UpSampling1DArgs): GraftUpSampling1D {
  return new GraftUpSampling1D(args);
}

/**
 * Keras's UpSampling2D: [batch, height, width, channels] → [batch, height · size, width · size, channels]. Pixels have
 * their centres at halves, where tfjs-layers has other values.
 *
 * @throws GraftError when `size` is not of positive integers
 * @example
 * import { upSampling2d } from '@graftjs/layers';
 * upSampling2d({ size: 2, interpolation: 'bilinear' });
 */
export function upSampling2d(args?: UpSampling2DArgs): GraftUpSampling2D {
  return new GraftUpSampling2D(args);
}

/**
 * Keras's UpSampling3D: repeats the planes, rows and columns of [batch, depth, height, width, channels].
 *
 * @throws GraftError when `size` is not of positive integers
 * @example
 * import { upSampling3d } from '@graftjs/layers';
 * upSampling3d({ size: [1, 2, 2] });
 */
export function upSampling3d(args?: UpSampling3DArgs): GraftUpSampling3D {
  return new GraftUpSampling3D(args);
}

function factors(size: number | readonly number[] = 2, dimensions: number): number[] {
  const list = typeof size === 'number' ? Array<number>(dimensions).fill(size) : [...size];
  const fits = list.every((factor) => Number.isSafeInteger(factor) && factor > 0);
  if (fits && list.length === dimensions) return list;
  throw invalidArgument('size', `a positive integer, or ${dimensions} of them`, size);
}
