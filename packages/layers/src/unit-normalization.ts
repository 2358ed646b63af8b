// Keras's UnitNormalization, which tfjs-layers lacks.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { axesOf } from './axes.js';
import { type LayerArgs, oneTensor, type Shape } from './inputs.js';

export interface UnitNormalizationArgs extends LayerArgs {
  /** The axes along which the norm is 1. Default -1. */
  axis?: number | number[];
}

/** See {@link unitNormalization}. */
export class GraftUnitNormalization extends layers.Layer {
  static readonly className = 'GraftUnitNormalization';
  private readonly axis: number | number[];

  constructor(args: UnitNormalizationArgs = {}) {
    super(args);
    this.supportsMasking = true;
    this.axis = args.axis ?? -1;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      const square = tf.sum(tf.square(x), axesOf(this.axis, x.rank), true);
      // Zeros stay zeros.
      return tf.mul(x, tf.minimum(tf.rsqrt(square), 1e12));
    });
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), axis: this.axis };
  }
}

/**
 * Keras's UnitNormalization: y = x / ‖x‖₂ along the axes, 0 where x is 0. Input and output have any one shape.
 *
 * @throws GraftError when an axis is none of the input's
 * @example
 * import { unitNormalization } from '@graftjs/layers';
 * unitNormalization({ axis: [1, 2] });
 */
export function unitNormalization(args?: UnitNormalizationArgs): GraftUnitNormalization {
  return new GraftUnitNormalization(args);
}
