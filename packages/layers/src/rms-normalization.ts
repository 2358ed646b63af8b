// Keras's RMSNormalization, which tfjs-layers lacks.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { axesOf } from './axes.js';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';

export interface RMSNormalizationArgs extends LayerArgs {
  /** Added to the mean of the squares. Default 1e-6. */
  epsilon?: number;
  /** The last axis, which is the default. */
  axis?: number | number[];
}

/** See {@link rmsNormalization}. */
export class GraftRMSNormalization extends layers.Layer {
  static readonly className = 'GraftRMSNormalization';
  private readonly epsilon: number;
  private readonly axis: number | number[];
  private scale!: LayerVariable;

  constructor(args: RMSNormalizationArgs = {}) {
    super(args);
    this.epsilon = args.epsilon ?? 1e-6;
    this.axis = args.axis ?? -1;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    const length = shape.at(-1);
    // Along another axis Keras multiplies by the scale along the last one all the same.
    const [axis, ...others] = axesOf(this.axis, shape.length);
    if (axis !== shape.length - 1 || others.length > 0) {
      throw invalidArgument('axis', 'the last axis', this.axis);
    }
    if (length == null) throw invalidArgument('inputShape', 'known along the last axis', shape);
    this.scale = this.addWeight('scale', [length], 'float32', initializers.ones());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      const square = tf.mean(tf.square(x), -1, true);
      return tf.mul(tf.mul(x, tf.rsqrt(tf.add(square, this.epsilon))), this.scale.read());
    });
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { epsilon, axis } = this;
    return { ...super.getConfig(), epsilon, axis };
  }
}

/**
 * Keras's RMSNormalization: y = scale · x / √(mean(x²) + ε) along the last axis, with a scale of its length that is
 * learned. Input and output have any one shape.
 *
 * @throws GraftError when the axis is not the last
 * @example
 * import { rmsNormalization } from '@graftjs/layers';
 * rmsNormalization({ epsilon: 1e-5 });
 */
export function rmsNormalization(args?: RMSNormalizationArgs): GraftRMSNormalization {
  return new GraftRMSNormalization(args);
}
