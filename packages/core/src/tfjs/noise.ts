// What layers make of random numbers while a model trains: dropout and noise, of tfjs-layers and of @graftjs/layers. Where
// the numbers come from is another's affair: see backend-dropout.ts.

import * as tf from '@tensorflow/tfjs-core';
import type { Layer } from './layer-tree.js';

/** Gives uniform random numbers ≥ 0 and < 1, other ones in each call. */
export type DrawUniform = (shape: number[]) => tf.Tensor;

/** A layer whose noise is a function of its input and of uniform random numbers alone. */
export interface NoisyLayer {
  /** For the same numbers in each run; null or nothing for others. */
  readonly seed?: number | null;
  /** What it makes of its input in training. */
  withNoise(x: tf.Tensor, draw: DrawUniform): tf.Tensor;
}

/** Normal random numbers of mean 0 and variance 1, by the transformation of Box and Muller. */
export function drawNormal(shape: number[], draw: DrawUniform): tf.Tensor {
  // The logarithm of 1 − u, because u may be 0.
  const length = tf.sqrt(tf.mul(-2, tf.log(tf.sub(1, draw(shape)))));
  return tf.mul(length, tf.cos(tf.mul(2 * Math.PI, draw(shape))));
}

/** What tfjs-layers' Dropout and its kin have. */
interface StockDropout {
  readonly rate: number;
  readonly seed?: number | null;
  /** The shape of a mask for x; nothing where it is that of x. */
  getNoiseShape(x: tf.Tensor): number[] | null | undefined;
}

/** A layer as one that takes its numbers from outside; undefined where it draws none, or its own way only. */
export function noisyLayer(layer: Layer): NoisyLayer | undefined {
  if ('withNoise' in layer) return layer as unknown as NoisyLayer;
  if ('getNoiseShape' in layer) return stockDropout(layer as unknown as StockDropout);
  const { stddev, rate } = layer as Partial<Record<'stddev' | 'rate', number>>;
  switch (layer.getClassName()) {
    case 'GaussianNoise':
      return stddev === undefined
        ? undefined
        : { withNoise: (x, draw) => tf.add(x, tf.mul(stddev, drawNormal(x.shape, draw))) };
    case 'GaussianDropout':
      return rate === undefined || !(rate > 0 && rate < 1) ? undefined : gaussianDropout(rate);
    default:
      return undefined;
  }
}

function stockDropout(layer: StockDropout): NoisyLayer | undefined {
  const { rate, seed = null } = layer;
  if (!(rate > 0 && rate < 1)) return undefined;
  return {
    seed,
    withNoise(x, draw) {
      const kept = tf.cast(
        tf.greaterEqual(draw(layer.getNoiseShape(x) ?? x.shape), rate),
        'float32',
      );
      return tf.mul(x, tf.div(kept, 1 - rate));
    },
  };
}

function gaussianDropout(rate: number): NoisyLayer {
  const spread = Math.sqrt(rate / (1 - rate));
  return {
    withNoise: (x, draw) => tf.mul(x, tf.add(1, tf.mul(spread, drawNormal(x.shape, draw)))),
  };
}
