// The StochasticDepth of Keras's ConvNeXt: in training, whole examples of a residual branch are dropped.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type CallArgs, type LayerArgs, oneTensor, type Shape } from './inputs.js';

export interface StochasticDepthArgs extends LayerArgs {
  /** The probability with which an example is dropped, from 0 up to and without 1. */
  dropPathRate: number;
}

/** See {@link stochasticDepth}. */
export class GraftStochasticDepth extends layers.Layer {
  static readonly className = 'GraftStochasticDepth';
  /** Named as in the Dropout of tfjs-layers. */
  private readonly rate: number;

  constructor(args: StochasticDepthArgs) {
    super(args);
    this.rate = args.dropPathRate;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: CallArgs): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      if (training !== true) return tf.clone(x);
      return tf.dropout(x, this.rate, this.getNoiseShape(x));
    });
  }

  /** As the Dropout of tfjs-layers has it. */
  getNoiseShape(x: tf.Tensor): number[] {
    return x.shape.map((length, i) => (i === 0 ? length : 1));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), dropPathRate: this.rate };
  }
}

/**
 * In training, makes an example 0 with probability `dropPathRate` and divides it by 1 − dropPathRate otherwise; gives its
 * input at other times. Any shape.
 *
 * @example
 * import { stochasticDepth } from '@graftjs/layers';
 * stochasticDepth({ dropPathRate: 0.1 });
 */
export function stochasticDepth(args: StochasticDepthArgs): GraftStochasticDepth {
  return new GraftStochasticDepth(args);
}
