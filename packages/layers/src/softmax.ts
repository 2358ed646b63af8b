// Keras's Softmax over any axis, or several; tfjs-layers has the last one only.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneTensor, type Shape } from './inputs.js';

export interface SoftmaxArgs extends LayerArgs {
  /** The axes over which outputs sum to 1, counting the batch. Default -1. */
  axis?: number | number[];
}

/** See {@link softmax}. */
export class GraftSoftmax extends layers.Layer {
  static readonly className = 'GraftSoftmax';
  private readonly axis: number | number[];

  constructor(args: SoftmaxArgs = {}) {
    super(args);
    this.axis = args.axis ?? -1;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      const axes = tf.util.parseAxisParam(this.axis, x.shape);
      if (axes.length === 1 && axes[0] === x.rank - 1) return this.softmax(x, -1);
      return tf.exp(tf.sub(x, tf.logSumExp(x, axes, true)));
    });
  }

  /** By itself, as in tfjs-layers: a loss finds the logits here. */
  protected softmax(x: tf.Tensor, axis: number): tf.Tensor {
    return tf.softmax(x, axis);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), axis: this.axis };
  }
}

/**
 * Keras's Softmax: eˣ over its sum along `axis`. Any shape; the output has it too. It takes no mask.
 *
 * @example
 * import { softmax } from '@graftjs/layers';
 * softmax({ axis: [1, 2] }); // over the places of an image
 */
export function softmax(args?: SoftmaxArgs): GraftSoftmax {
  return new GraftSoftmax(args);
}
