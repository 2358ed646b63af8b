// The StochasticDepth of Keras's ConvNeXt: in training, whole examples of a residual branch are dropped.

import type { DrawUniform } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { dropped, dropRate, type NoiseArgs, NoiseLayer } from './noise-layer.js';

export interface StochasticDepthArgs extends NoiseArgs {
  /** The probability with which an example is dropped, from 0 up to and without 1. */
  dropPathRate: number;
}

/** See {@link stochasticDepth}. */
export class GraftStochasticDepth extends NoiseLayer {
  static readonly className = 'GraftStochasticDepth';
  private readonly rate: number;

  constructor(args: StochasticDepthArgs) {
    super(args);
    this.rate = dropRate('dropPathRate', args.dropPathRate);
    // As Keras's, whose masks end here.
    this.supportsMasking = false;
  }

  override withNoise(x: tf.Tensor, draw: DrawUniform): tf.Tensor {
    if (this.rate === 0) return tf.clone(x);
    const examples = x.shape.map((length, i) => (i === 0 ? length : 1));
    return dropped(x, this.rate, examples, draw);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), dropPathRate: this.rate };
  }
}

/**
 * In training, makes an example 0 with probability `dropPathRate` and divides it by 1 − dropPathRate otherwise; gives its
 * input at other times. Any shape.
 *
 * @throws GraftError when `dropPathRate` is not ≥ 0 and < 1
 * @example
 * import { stochasticDepth } from '@graftjs/layers';
 * stochasticDepth({ dropPathRate: 0.1 });
 */
export function stochasticDepth(args: StochasticDepthArgs): GraftStochasticDepth {
  return new GraftStochasticDepth(args);
}
