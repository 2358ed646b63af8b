// Keras's global pooling of sequences, images and volumes, which can keep the dimensions that it pools.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';

export interface GlobalPoolingArgs extends LayerArgs {
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: 'channelsLast' | 'channelsFirst';
  /** Whether pooled dimensions stay, of length 1. Default false. */
  keepdims?: boolean;
}

abstract class GlobalPooling extends layers.Layer {
  private readonly dataFormat: 'channelsLast' | 'channelsFirst';
  private readonly keepdims: boolean;

  constructor(args: GlobalPoolingArgs, dimensions: number) {
    super(args);
    this.dataFormat = args.dataFormat ?? 'channelsLast';
    this.keepdims = args.keepdims ?? false;
    this.inputSpec = [{ ndim: dimensions + 2 }];
  }

  protected abstract pool(x: tf.Tensor, axes: number[], keepDims: boolean): tf.Tensor;

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
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

  private pooledAxes(rank: number): number[] {
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

/** See {@link graftGlobalAveragePooling1D}. */
export class GraftGlobalAveragePooling1D extends GlobalAveragePooling {
  static readonly className = 'GraftGlobalAveragePooling1D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 1);
  }
}

/** See {@link graftGlobalAveragePooling2D}. */
export class GraftGlobalAveragePooling2D extends GlobalAveragePooling {
  static readonly className = 'GraftGlobalAveragePooling2D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 2);
  }
}

/** See {@link graftGlobalAveragePooling3D}. */
export class GraftGlobalAveragePooling3D extends GlobalAveragePooling {
  static readonly className = 'GraftGlobalAveragePooling3D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 3);
  }
}

/** See {@link graftGlobalMaxPooling1D}. */
export class GraftGlobalMaxPooling1D extends GlobalMaxPooling {
  static readonly className = 'GraftGlobalMaxPooling1D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 1);
  }
}

/** See {@link graftGlobalMaxPooling2D}. */
export class GraftGlobalMaxPooling2D extends GlobalMaxPooling {
  static readonly className = 'GraftGlobalMaxPooling2D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 2);
  }
}

/** See {@link graftGlobalMaxPooling3D}. */
export class GraftGlobalMaxPooling3D extends GlobalMaxPooling {
  static readonly className = 'GraftGlobalMaxPooling3D';
  constructor(args: GlobalPoolingArgs = {}) {
    super(args, 3);
  }
}

/**
 * Keras's GlobalAveragePooling1D: [batch, steps, channels] → [batch, channels], or [batch, 1, channels] with `keepdims`.
 * It takes no mask.
 *
 * @example
 * import { graftGlobalAveragePooling1D } from '@graftjs/layers';
 * graftGlobalAveragePooling1D({ keepdims: true });
 */
export function graftGlobalAveragePooling1D(args?: GlobalPoolingArgs) {
  return new GraftGlobalAveragePooling1D(args);
}

/**
 * Keras's GlobalAveragePooling2D: [batch, height, width, channels] → [batch, channels], or [batch, 1, 1, channels] with
 * `keepdims`.
 *
 * @example
 * import { graftGlobalAveragePooling2D } from '@graftjs/layers';
 * graftGlobalAveragePooling2D({ keepdims: true });
 */
export function graftGlobalAveragePooling2D(args?: GlobalPoolingArgs) {
  return new GraftGlobalAveragePooling2D(args);
}

/** As {@link graftGlobalAveragePooling2D}, of volumes. */
export function graftGlobalAveragePooling3D(args?: GlobalPoolingArgs) {
  return new GraftGlobalAveragePooling3D(args);
}

/** As {@link graftGlobalAveragePooling1D}, of the largest value; equal ones share its gradient. */
export function graftGlobalMaxPooling1D(args?: GlobalPoolingArgs) {
  return new GraftGlobalMaxPooling1D(args);
}

/** As {@link graftGlobalAveragePooling2D}, of the largest value; equal ones share its gradient. */
export function graftGlobalMaxPooling2D(args?: GlobalPoolingArgs) {
  return new GraftGlobalMaxPooling2D(args);
}

/** As {@link graftGlobalMaxPooling2D}, of volumes. */
export function graftGlobalMaxPooling3D(args?: GlobalPoolingArgs) {
  return new GraftGlobalMaxPooling3D(args);
}
