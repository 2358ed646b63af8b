// Keras's global pooling of sequences, images and volumes, which can keep the dimensions that it pools.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { where } from './attention-masks.js';
import { type CallArgs, type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';
import { masksOf, mendMasks } from './masks.js';

export interface GlobalPoolingArgs extends LayerArgs {
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: 'channelsLast' | 'channelsFirst';
  /** Whether pooled dimensions stay, of length 1. Default false. */
  keepdims?: boolean;
}

abstract class GlobalPooling extends layers.Layer {
  private readonly dataFormat: 'channelsLast' | 'channelsFirst';
  protected readonly keepdims: boolean;

  constructor(args: GlobalPoolingArgs, dimensions: number) {
    super(args);
    this.dataFormat = args.dataFormat ?? 'channelsLast';
    this.keepdims = args.keepdims ?? false;
    this.inputSpec = [{ ndim: dimensions + 2 }];
  }

  protected abstract pool(x: tf.Tensor, axes: number[], keepDims: boolean): tf.Tensor;

  override call(inputs: tf.Tensor | tf.Tensor[], _kwargs: CallArgs): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      return this.pool(x, this.pooledAxes(x.rank), this.keepdims);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = oneShape(inputShape);
    const pooled = this.pooledAxes(shape.length);
    const kept = shape.map((length, axis) => (pooled.includes(axis) ? 1 : length));
    return this.keepdims ? kept : kept.filter((_, axis) => !pooled.includes(axis));
  }

  protected pooledAxes(rank: number): number[] {
    const first = this.dataFormat === 'channelsLast' ? 1 : 2;
    return Array.from({ length: rank - 2 }, (_, i) => first + i);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), dataFormat: this.dataFormat, keepdims: this.keepdims };
  }
}

abstract class GlobalAveragePooling extends GlobalPooling {
  protected override pool(x: tf.Tensor, axes: number[], keepDims: boolean): tf.Tensor {
    return tf.mean(x, axes, keepDims);
  }
}

abstract class GlobalMaxPooling extends GlobalPooling {
  protected override pool(x: tf.Tensor, axes: number[], keepDims: boolean): tf.Tensor {
    return maximum(x, axes, keepDims);
  }
}

/** Where several places hold the maximum, TensorFlow divides its gradient among them; tfjs gives each the whole. */
function maximum(x: tf.Tensor, axes: number[], keepDims: boolean): tf.Tensor {
  const maxima = tf.customGrad((values, save) => {
    const value = tf.max(values as tf.Tensor, axes, true);
    (save as (tensors: tf.Tensor[]) => void)([values as tf.Tensor, value]);
    const gradFunc = (dy: tf.Tensor, [input, output]: tf.Tensor[]) => {
      const places = tf.cast(tf.equal(input as tf.Tensor, output as tf.Tensor), 'float32');
      return tf.mul(places, tf.div(dy, tf.sum(places, axes, true)));
    };
    return { value, gradFunc };
  })(x);
  return keepDims ? maxima : tf.squeeze(maxima, axes);
}

/** See {@link globalAveragePooling1d}. */
export class GraftGlobalAveragePooling1D extends GlobalAveragePooling {
  static readonly className = 'GraftGlobalAveragePooling1D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 1);
    mendMasks();
    this.supportsMasking = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArgs): tf.Tensor {
    const x = oneTensor(inputs);
    const [mask] = masksOf(kwargs, [x]);
    if (!mask) return super.call(inputs, kwargs);
    return tf.tidy(() => {
      const [axis] = this.pooledAxes(x.rank) as [number];
      const counted = tf.expandDims(mask, axis === 1 ? 2 : 1);
      const count = tf.sum(tf.cast(counted, 'float32'), axis, this.keepdims);
      return tf.div(tf.sum(where(counted, x, 0), axis, this.keepdims), count);
    });
  }

  /** The steps are gone. */
  override computeMask(): tf.Tensor {
    return null as unknown as tf.Tensor;
  }
}

/** See {@link globalAveragePooling2d}. */
export class GraftGlobalAveragePooling2D extends GlobalAveragePooling {
  static readonly className = 'GraftGlobalAveragePooling2D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 2);
  }
}

/** See {@link globalAveragePooling3d}. */
export class GraftGlobalAveragePooling3D extends GlobalAveragePooling {
  static readonly className = 'GraftGlobalAveragePooling3D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 3);
  }
}

/** See {@link globalMaxPooling1d}. */
export class GraftGlobalMaxPooling1D extends GlobalMaxPooling {
  static readonly className = 'GraftGlobalMaxPooling1D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 1);
  }
}

/** See {@link globalMaxPooling2d}. */
export class GraftGlobalMaxPooling2D extends GlobalMaxPooling {
  static readonly className = 'GraftGlobalMaxPooling2D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 2);
  }
}

/** See {@link globalMaxPooling3d}. */
export class GraftGlobalMaxPooling3D extends GlobalMaxPooling {
  static readonly className = 'GraftGlobalMaxPooling3D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 3);
  }
}

/**
 * Keras's GlobalAveragePooling1D: [batch, steps, channels] → [batch, channels], or [batch, 1, channels] with `keepdims`.
 * With a mask it
 * means over the steps that count.
 *
 * @example
 * import { globalAveragePooling1d } from '@graftjs/layers';
 * globalAveragePooling1d({ keepdims: true });
 */
export function globalAveragePooling1d(args?: GlobalPoolingArgs) {
  return new GraftGlobalAveragePooling1D(args);
}

/**
 * Keras's GlobalAveragePooling2D: [batch, height, width, channels] → [batch, channels], or [batch, 1, 1, channels] with
 * `keepdims`.
 *
 * @example
 * import { globalAveragePooling2d } from '@graftjs/layers';
 * globalAveragePooling2d({ keepdims: true });
 */
export function globalAveragePooling2d(args?: GlobalPoolingArgs) {
  return new GraftGlobalAveragePooling2D(args);
}

/** As {@link globalAveragePooling2d}, of volumes. */
export function globalAveragePooling3d(args?: GlobalPoolingArgs) {
  return new GraftGlobalAveragePooling3D(args);
}

/** As {@link globalAveragePooling1d}, of the largest value; equal ones share its gradient. */
export function globalMaxPooling1d(args?: GlobalPoolingArgs) {
  return new GraftGlobalMaxPooling1D(args);
}

/** As {@link globalAveragePooling2d}, of the largest value; equal ones share its gradient. */
export function globalMaxPooling2d(args?: GlobalPoolingArgs) {
  return new GraftGlobalMaxPooling2D(args);
}

/** As {@link globalMaxPooling2d}, of volumes. */
export function globalMaxPooling3d(args?: GlobalPoolingArgs) {
  return new GraftGlobalMaxPooling3D(args);
}
