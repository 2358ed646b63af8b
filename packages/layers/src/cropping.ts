// Keras's cropping of sequences and volumes; that of images is in tfjs-layers.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';
import { type DataFormat, pairs, resized, withOuter } from './pads.js';

export interface Cropping1DArgs extends LayerArgs {
  /** Steps to drop at both ends, or [at the start, at the end]. Default 1. */
  cropping?: number | [number, number];
}

export interface Cropping3DArgs extends LayerArgs {
  /** What to drop at all ends, at both ends of each of three dimensions, or [before, after] for each. Default 1. */
  cropping?: number | [number, number, number] | [number, number][];
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: DataFormat;
}

abstract class Cropping extends layers.Layer {
  private readonly ends: [number, number][];

  constructor(
    args: LayerArgs,
    protected readonly cropping: [number, number][],
    protected readonly dataFormat: DataFormat,
  ) {
    super(args);
    this.ends = withOuter(cropping, dataFormat);
    this.inputSpec = [{ ndim: this.ends.length }];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = oneTensor(inputs);
    const begin = this.ends.map(([before]) => before);
    return tf.slice(x, begin, this.computeOutputShape(x.shape) as number[]);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const left = (length: number, before: number, after: number) => length - before - after;
    return resized(oneShape(inputShape), this.ends, left);
  }
}

/** See {@link cropping1d}. */
export class GraftCropping1D extends Cropping {
  static readonly className = 'GraftCropping1D';

  constructor(args: Cropping1DArgs = {}) {
    const cropping = args.cropping ?? 1;
    const ends = pairs('cropping', typeof cropping === 'number' ? cropping : [cropping], 1);
    super(args, ends, 'channelsLast');
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), cropping: this.cropping[0] as [number, number] };
  }
}

/** See {@link cropping3d}. */
export class GraftCropping3D extends Cropping {
  static readonly className = 'GraftCropping3D';

  constructor(args: Cropping3DArgs = {}) {
    super(args, pairs('cropping', args.cropping ?? 1, 3), args.dataFormat ?? 'channelsLast');
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), cropping: this.cropping, dataFormat: this.dataFormat };
  }
}

/**
 * Keras's Cropping1D: [batch, steps, channels] → [batch, steps − before − after, channels].
 *
 * @throws GraftError when a length is no integer ≥ 0
 * @example
 * import { cropping1d } from '@graftjs/layers';
 * cropping1d({ cropping: [1, 2] });
 */
export function cropping1d(args?: Cropping1DArgs): GraftCropping1D {
  return new GraftCropping1D(args);
}

/**
 * Keras's Cropping3D: the middle of [batch, depth, height, width, channels].
 *
 * @throws GraftError when a length is no integer ≥ 0
 * @example
 * import { cropping3d } from '@graftjs/layers';
 * cropping3d({ cropping: [[0, 1], [1, 1], [2, 0]] });
 */
export function cropping3d(args?: Cropping3DArgs): GraftCropping3D {
  return new GraftCropping3D(args);
}
