// Keras's average pooling; with `same` padding, the gradient of tfjs counts the padding too.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';
import type { DataFormat } from './pads.js';

export interface AveragePoolingArgs extends LayerArgs {
  /** The lengths of the window, or the one that they all have. Default 2. */
  poolSize?: number | number[];
  /** Steps from window to window; null (the default) for the lengths of the window. */
  strides?: number | number[] | null;
  /** `same` lets windows reach over the edge, and averages what is inside. Default `valid`. */
  padding?: 'valid' | 'same';
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: DataFormat;
}

/** The windows along one dimension. */
interface Windows {
  readonly count: number;
  /** Padding at the start and at the end. */
  readonly ends: [number, number];
  /** For each window, its length over the length of what is inside. */
  readonly shares: number[];
}

abstract class AveragePooling extends layers.Layer {
  private readonly poolSize: number[];
  private readonly strides: number[];
  private readonly padding: 'valid' | 'same';
  private readonly dataFormat: DataFormat;

  constructor(args: AveragePoolingArgs, dimensions: number) {
    super(args);
    this.poolSize = lengths('poolSize', args.poolSize ?? 2, dimensions);
    this.strides = lengths('strides', args.strides ?? this.poolSize, dimensions);
    this.padding = args.padding ?? 'valid';
    this.dataFormat = args.dataFormat ?? 'channelsLast';
    this.inputSpec = [{ ndim: dimensions + 2 }];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      if (this.dataFormat === 'channelsLast') return this.pool(x);
      const spatial = this.poolSize.map((_, i) => i + 1);
      const last = tf.transpose(x, [0, ...spatial.map((axis) => axis + 1), 1]);
      return tf.transpose(this.pool(last), [0, x.rank - 1, ...spatial]);
    });
  }

  private pool(x: tf.Tensor): tf.Tensor {
    if (this.padding === 'valid') return average(x, this.poolSize, this.strides);
    const windows = this.poolSize.map((size, i) =>
      windowsOf(x.shape[i + 1] as number, size, this.strides[i] as number),
    );
    const padded = tf.pad(x, [[0, 0], ...windows.map(({ ends }) => ends), [0, 0]]);
    const shares = windows.map((each) => each.shares).reduce(outer);
    const shape = [...windows.map(({ count }) => count), 1];
    return tf.mul(average(padded, this.poolSize, this.strides), tf.tensor(shares, shape));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const first = this.dataFormat === 'channelsLast' ? 1 : 2;
    return oneShape(inputShape).map((length, axis) => {
      const [size, stride] = [this.poolSize[axis - first], this.strides[axis - first]];
      if (length === null || size === undefined || stride === undefined) return length;
      const covered = this.padding === 'same' ? length : length - size + 1;
      return Math.ceil(covered / stride);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { poolSize, strides, padding, dataFormat } = this;
    return { ...super.getConfig(), poolSize, strides, padding, dataFormat };
  }
}

/** Windows within [batch, …, channels]. */
function average(x: tf.Tensor, size: number[], strides: number[]): tf.Tensor {
  if (size.length === 3) {
    const [d, h, w] = size as [number, number, number];
    return tf.avgPool3d(x as tf.Tensor5D, [d, h, w], strides as [number, number, number], 'valid');
  }
  if (size.length === 2) {
    const [window, steps] = [size as [number, number], strides as [number, number]];
    return tf.avgPool(x as tf.Tensor4D, window, steps, 'valid');
  }
  const row = tf.expandDims(x, 2) as tf.Tensor4D;
  const pooled = tf.avgPool(row, [size[0] as number, 1], [strides[0] as number, 1], 'valid');
  return tf.squeeze(pooled, [2]);
}

function windowsOf(length: number, size: number, stride: number): Windows {
  const count = Math.ceil(length / stride);
  const missing = Math.max((count - 1) * stride + size - length, 0);
  const before = Math.floor(missing / 2);
  const shares = Array.from({ length: count }, (_, i) => {
    const start = i * stride - before;
    return size / (Math.min(start + size, length) - Math.max(start, 0));
  });
  return { count, ends: [before, missing - before], shares };
}

function outer(a: number[], b: number[]): number[] {
  return a.flatMap((x) => b.map((y) => x * y));
}

function lengths(argument: string, value: number | number[], dimensions: number): number[] {
  const list = typeof value === 'number' ? Array<number>(dimensions).fill(value) : [...value];
  const fits = list.every((length) => Number.isSafeInteger(length) && length > 0);
  if (fits && list.length === dimensions) return list;
  throw invalidArgument(argument, `a positive integer, or ${dimensions} of them`, value);
}

/** See {@link averagePooling1d}. */
export class GraftAveragePooling1D extends AveragePooling {
  static readonly className = 'GraftAveragePooling1D';
  constructor(args: AveragePoolingArgs = {}) {
    super(args, 1);
  }
}

/** See {@link averagePooling2d}. */
export class GraftAveragePooling2D extends AveragePooling {
  static readonly className = 'GraftAveragePooling2D';
  constructor(args: AveragePoolingArgs = {}) {
    super(args, 2);
  }
}

/** See {@link averagePooling3d}. */
export class GraftAveragePooling3D extends AveragePooling {
  static readonly className = 'GraftAveragePooling3D';
  constructor(args: AveragePoolingArgs = {}) {
    super(args, 3);
  }
}

/**
 * Keras's AveragePooling1D: [batch, steps, channels] → [batch, windows, channels].
 *
 * @throws GraftError when a length is no positive integer
 * @example
 * import { averagePooling1d } from '@graftjs/layers';
 * averagePooling1d({ poolSize: 3, strides: 1, padding: 'same' });
 */
export function averagePooling1d(args?: AveragePoolingArgs): GraftAveragePooling1D {
  return new GraftAveragePooling1D(args);
}

/** As {@link averagePooling1d}, of images: [batch, height, width, channels]. */
export function averagePooling2d(args?: AveragePoolingArgs): GraftAveragePooling2D {
  return new GraftAveragePooling2D(args);
}

/** As {@link averagePooling1d}, of volumes: [batch, depth, height, width, channels]. */
export function averagePooling3d(args?: AveragePoolingArgs): GraftAveragePooling3D {
  return new GraftAveragePooling3D(args);
}
