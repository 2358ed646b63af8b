// Keras's ELU with any alpha; tfjs-layers has 1 only.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneTensor, type Shape } from './inputs.js';

export interface ELUArgs extends LayerArgs {
  /** What values below 0 approach, negated. Default 1. */
  alpha?: number;
}

/** See {@link elu}. */
export class GraftELU extends layers.Layer {
  static readonly className = 'GraftELU';
  private readonly alpha: number;

  constructor(args: ELUArgs = {}) {
    super(args);
    this.supportsMasking = true;
    this.alpha = args.alpha ?? 1;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      if (this.alpha === 1) return tf.elu(x);
      return tf.add(tf.relu(x), tf.mul(tf.elu(tf.minimum(x, 0)), this.alpha));
    });
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), alpha: this.alpha };
  }
}

/**
 * Keras's ELU: x above 0, alpha · (eˣ − 1) below. Any shape; the output has it too.
 *
 * @example
 * import { elu } from '@graftjs/layers';
 * elu({ alpha: 0.5 });
 */
export function elu(args?: ELUArgs): GraftELU {
  return new GraftELU(args);
}
