// Keras's GaussianNoise; that of tfjs-layers takes no seed.

import { type DrawUniform, drawNormal, invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { type NoiseArgs, NoiseLayer } from './noise-layer.js';

export interface GaussianNoiseArgs extends NoiseArgs {
  /** The standard deviation of what is added, ≥ 0. */
  stddev: number;
}

/** See {@link gaussianNoise}. */
export class GraftGaussianNoise extends NoiseLayer {
  static readonly className = 'GraftGaussianNoise';
  private readonly stddev: number;

  constructor(args: GaussianNoiseArgs) {
    super(args);
    const { stddev } = args;
    if (!(Number.isFinite(stddev) && stddev >= 0))
      throw invalidArgument('stddev', 'a finite number ≥ 0', stddev);
    this.stddev = stddev;
  }

  override withNoise(x: tf.Tensor, draw: DrawUniform): tf.Tensor {
    if (this.stddev === 0) return tf.clone(x);
    return tf.add(x, tf.mul(drawNormal(x.shape, draw), this.stddev));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), stddev: this.stddev };
  }
}

/**
 * Keras's GaussianNoise: in training, adds normal random numbers of mean 0 and standard deviation `stddev`; at other times
 * the input passes. Any shape. Keras takes deviations up to 1 only.
 *
 * @throws GraftError when `stddev` is not a finite number ≥ 0
 * @example
 * import { gaussianNoise } from '@graftjs/layers';
 * gaussianNoise({ stddev: 0.1, seed: 1 });
 */
export function gaussianNoise(args: GaussianNoiseArgs): GraftGaussianNoise {
  return new GraftGaussianNoise(args);
}
