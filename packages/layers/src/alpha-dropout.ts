// Keras's AlphaDropout; in that of tfjs-layers, what is dropped has the wrong sign.

import type { DrawUniform } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { dropRate, type NoiseArgs, NoiseLayer } from './noise-layer.js';

export interface AlphaDropoutArgs extends NoiseArgs {
  /** The probability with which a value is dropped, from 0 up to and without 1. */
  rate: number;
  /** The shape in which values are dropped together, null for a length of the input. Default: each by itself. */
  noiseShape?: (number | null)[] | null;
}

/** What SELU gives far below 0: −scale · alpha. */
const saturated = -1.0507009873554805 * 1.6732632423543772;

/** See {@link alphaDropout}. */
export class GraftAlphaDropout extends NoiseLayer {
  static readonly className = 'GraftAlphaDropout';
  private readonly rate: number;
  private readonly noiseShape: (number | null)[] | null;

  constructor(args: AlphaDropoutArgs) {
    super(args);
    this.rate = dropRate('rate', args.rate);
    this.noiseShape = args.noiseShape ?? null;
  }

  override withNoise(x: tf.Tensor, draw: DrawUniform): tf.Tensor {
    if (this.rate === 0) return tf.clone(x);
    const shape = x.shape.map((length, i) => this.noiseShape?.[i] ?? length);
    const kept = tf.cast(tf.greaterEqual(draw(shape), this.rate), 'float32');
    const mixed = tf.add(tf.mul(x, kept), tf.mul(tf.sub(1, kept), saturated));
    // Mean and variance are then what they were.
    const scale = ((1 - this.rate) * (1 + this.rate * saturated ** 2)) ** -0.5;
    return tf.sub(tf.mul(mixed, scale), scale * saturated * this.rate);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate, noiseShape: this.noiseShape };
  }
}

/**
 * Keras's AlphaDropout, for SELU networks (https://arxiv.org/abs/1706.02515): in training, a value is dropped with
 * probability `rate`, which here means that it becomes SELU's lowest, and all are scaled and shifted so that a mean of 0
 * and a variance of 1 stay. At other times the input passes. Any shape.
 *
 * @throws GraftError when `rate` is not ≥ 0 and < 1
 * @example
 * import { alphaDropout } from '@graftjs/layers';
 * alphaDropout({ rate: 0.1 });
 */
export function alphaDropout(args: AlphaDropoutArgs): GraftAlphaDropout {
  return new GraftAlphaDropout(args);
}
