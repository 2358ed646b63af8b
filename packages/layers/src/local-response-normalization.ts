// Local response normalization, of AlexNet, as tf.nn.local_response_normalization computes it. Keras has no such layer.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneTensor, type Shape } from './inputs.js';

export interface LocalResponseNormalizationArgs extends LayerArgs {
  /** How many channels on either side count. Default 5. */
  depthRadius?: number;
  /** Default 1. */
  bias?: number;
  /** Factor of the sum of squares, which is not divided by its length. Default 1. */
  alpha?: number;
  /** Default 0.5. */
  beta?: number;
}

/** See {@link localResponseNormalization}. */
export class GraftLocalResponseNormalization extends layers.Layer {
  static readonly className = 'GraftLocalResponseNormalization';
  private readonly depthRadius: number;
  private readonly bias: number;
  private readonly alpha: number;
  private readonly beta: number;

  constructor(args: LocalResponseNormalizationArgs = {}) {
    super(args);
    this.depthRadius = args.depthRadius ?? 5;
    this.bias = args.bias ?? 1;
    this.alpha = args.alpha ?? 1;
    this.beta = args.beta ?? 0.5;
    this.inputSpec = [{ ndim: 4 }];
    if (!Number.isSafeInteger(this.depthRadius) || this.depthRadius < 0) {
      throw invalidArgument('depthRadius', 'an integer ≥ 0', args.depthRadius);
    }
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { depthRadius, bias, alpha, beta } = this;
    const x = oneTensor(inputs) as tf.Tensor4D;
    return tf.localResponseNormalization(x, depthRadius, bias, alpha, beta);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { depthRadius, bias, alpha, beta } = this;
    return { ...super.getConfig(), depthRadius, bias, alpha, beta };
  }
}

/**
 * y = x / (bias + α · Σ x²)^β, where the sum runs over the channels up to `depthRadius` away: as
 * `tf.nn.local_response_normalization`. (Caffe and torch divide α by the length of the window: give α / n here.)
 * Input and output are [batch, height, width, channels].
 *
 * @throws GraftError when the radius is no integer ≥ 0
 * @example
 * import { localResponseNormalization } from '@graftjs/layers';
 * localResponseNormalization({ depthRadius: 2, alpha: 2e-5, beta: 0.75 }); // AlexNet
 */
export function localResponseNormalization(
  args?: LocalResponseNormalizationArgs,
): GraftLocalResponseNormalization {
  return new GraftLocalResponseNormalization(args);
}
