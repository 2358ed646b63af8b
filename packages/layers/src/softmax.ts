// Keras's Softmax over any axis, or several; tfjs-layers has the last one only.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { where } from './attention-masks.js';
import { type CallArgs, type LayerArgs, oneTensor, type Shape } from './inputs.js';
import { masksOf, mendMasks } from './masks.js';

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
    mendMasks();
    this.supportsMasking = true;
    this.axis = args.axis ?? -1;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArgs): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      const [mask] = masksOf(kwargs, [x]);
      if (!mask) return this.along(x);
      if (!broadcasts(mask.shape, x.shape)) {
        throw invalidArgument(
          'mask',
          `of lengths 1 or those of [${x.shape}], from the last on`,
          mask.shape,
        );
      }
      // As in Keras: where no value counts, none is shared out.
      return where(mask, this.along(where(mask, x, -1e9)), 0);
    });
  }

  private along(x: tf.Tensor): tf.Tensor {
    const axes = tf.util.parseAxisParam(this.axis, x.shape);
    if (axes.length === 1 && axes[0] === x.rank - 1) return this.softmax(x, -1);
    return tf.exp(tf.sub(x, tf.logSumExp(x, axes, true)));
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

function broadcasts(from: readonly number[], to: readonly number[]): boolean {
  const missing = to.length - from.length;
  return missing >= 0 && from.every((length, i) => length === 1 || length === to[i + missing]);
}

/**
 * Keras's Softmax: eˣ over its sum along `axis`. Any shape; the output has it too. With a mask,
 * what does not count is 0.
 *
 * @example
 * import { softmax } from '@graftjs/layers';
 * softmax({ axis: [1, 2] }); // over the places of an image
 */
export function softmax(args?: SoftmaxArgs): GraftSoftmax {
  return new GraftSoftmax(args);
}
