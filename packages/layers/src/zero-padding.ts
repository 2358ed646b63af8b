// Keras's zero padding of sequences and volumes; that of images is in tfjs-layers.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';
import { type DataFormat, pairs, resized, withOuter } from './pads.js';

export interface ZeroPadding1DArgs extends LayerArgs {
  /** Steps of zeros at both ends, or [at the start, at the end]. Default 1. */
  padding?: number | [number, number];
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: DataFormat;
}

export interface ZeroPadding3DArgs extends LayerArgs {
  /** Zeros at all ends, at both ends of each of three dimensions, or [before, after] for each. Default 1. */
  padding?: number | [number, number, number] | [number, number][];
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: DataFormat;
}

abstract class ZeroPadding extends layers.Layer {
  constructor(
    args: LayerArgs,
    protected readonly pads: [number, number][],
    private readonly dataFormat: DataFormat,
  ) {
    super(args);
    this.inputSpec = [{ ndim: pads.length + 2 }];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.pad(oneTensor(inputs), withOuter(this.pads, this.dataFormat));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const ends = withOuter(this.pads, this.dataFormat);
    return resized(oneShape(inputShape), ends, (length, before, after) => length + before + after);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), padding: this.pads, dataFormat: this.dataFormat };
  }
}

/** See {@link zeroPadding1d}. */
export class GraftZeroPadding1D extends ZeroPadding {
  static readonly className = 'GraftZeroPadding1D';

  constructor(args: ZeroPadding1DArgs = {}) {
    const padding = args.padding ?? 1;
    const pads = pairs('padding', typeof padding === 'number' ? padding : [padding], 1);
    super(args, pads, args.dataFormat ?? 'channelsLast');
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), padding: this.pads[0] as [number, number] };
  }
}

/** See {@link zeroPadding3d}. */
export class GraftZeroPadding3D extends ZeroPadding {
  static readonly className = 'GraftZeroPadding3D';

  constructor(args: ZeroPadding3DArgs = {}) {
    super(args, pairs('padding', args.padding ?? 1, 3), args.dataFormat ?? 'channelsLast');
  }
}

/**
 * Keras's ZeroPadding1D: [batch, steps, channels] → [batch, before + steps + after, channels].
 *
 * @throws GraftError when a length is no integer ≥ 0
 * @example
 * import { zeroPadding1d } from '@graftjs/layers';
 * zeroPadding1d({ padding: [2, 0] }); // two steps before, none after
 */
export function zeroPadding1d(args?: ZeroPadding1DArgs): GraftZeroPadding1D {
  return new GraftZeroPadding1D(args);
}

/**
 * Keras's ZeroPadding3D: zeros around [batch, depth, height, width, channels].
 *
 * @throws GraftError when a length is no integer ≥ 0
 * @example
 * import { zeroPadding3d } from '@graftjs/layers';
 * zeroPadding3d({ padding: [1, 0, 2] });
 */
export function zeroPadding3d(args?: ZeroPadding3DArgs): GraftZeroPadding3D {
  return new GraftZeroPadding3D(args);
}
