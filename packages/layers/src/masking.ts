// Keras's Masking; that of tfjs-layers has no gradient, so that nothing before it can be trained.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneTensor, type Shape } from './inputs.js';

export interface MaskingArgs extends LayerArgs {
  /** A step is skipped if all its values are this one. Default 0. */
  maskValue?: number;
}

/** See {@link masking}. */
export class GraftMasking extends layers.Layer {
  static readonly className = 'GraftMasking';
  private readonly maskValue: number;

  constructor(args: MaskingArgs = {}) {
    super(args);
    this.maskValue = args.maskValue ?? 0;
    this.supportsMasking = true;
  }

  override computeMask(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => this.kept(oneTensor(inputs), false));
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const select = tf.customGrad((x, save) => {
      const mask = tf.cast(this.kept(x as tf.Tensor, true), 'float32');
      (save as (tensors: tf.Tensor[]) => void)([mask]);
      const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0] as tf.Tensor);
      return { value: tf.mul(x as tf.Tensor, mask), gradFunc };
    });
    return tf.tidy(() => select(oneTensor(inputs)));
  }

  private kept(x: tf.Tensor, keepDims: boolean): tf.Tensor {
    return tf.any(tf.notEqual(x, this.maskValue), -1, keepDims);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), maskValue: this.maskValue };
  }
}

/**
 * Keras's Masking: steps whose values all are `maskValue` become 0, and the layers that follow are told to skip them.
 * [batch, steps, features]; the output has this shape too.
 *
 * @example
 * import { masking } from '@graftjs/layers';
 * masking({ maskValue: -1 });
 */
export function masking(args?: MaskingArgs): GraftMasking {
  return new GraftMasking(args);
}
