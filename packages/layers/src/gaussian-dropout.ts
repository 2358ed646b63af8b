// Keras's GaussianDropout; that of tfjs-layers takes no seed.

import { type DrawUniform, drawNormal } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { dropRate, type NoiseArgs, NoiseLayer } from './noise-layer.js';

export interface GaussianDropoutArgs extends NoiseArgs {
  /** The rate of the Dropout whose mean and variance it has, from 0 up to and without 1. */
  rate: number;
}

/** See {@link gaussianDropout}. */
export class GraftGaussianDropout extends NoiseLayer {
  static readonly className = 'GraftGaussianDropout';
  private readonly rate: number;

  constructor(args: GaussianDropoutArgs) {
    super(args);
    this.rate = dropRate('rate', args.rate);
  }

  override withNoise(x: tf.Tensor, draw: DrawUniform): tf.Tensor {
    if (this.rate === 0) return tf.clone(x);
    const spread = Math.sqrt(this.rate / (1 - this.rate));
    return tf.mul(x, tf.add(1, tf.mul(drawNormal(x.shape, draw), spread)));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate };
  }
}

/**
 * Keras's GaussianDropout (https://jmlr.org/papers/v15/srivastava14a.html, section 10): in training, multiplies by normal
 * random numbers of mean 1 and standard deviation √(rate / (1 − rate)); at other times the input passes. Any shape.
 *
 * @throws GraftError when `rate` is not ≥ 0 and < 1
 * @example
 * import { gaussianDropout } from '@graftjs/layers';
 * gaussianDropout({ rate: 0.2 });
 */
export function gaussianDropout(args: GaussianDropoutArgs): GraftGaussianDropout {
  return new GraftGaussianDropout(args);
}
