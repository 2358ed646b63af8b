// Keras's LayerNormalization: of any rank, with constraints, and without the copies that tfjs-layers makes.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { AffineNormalization, type AffineNormalizationArgs } from './affine-normalization.js';
import { axesOf } from './axes.js';
import { oneShape, oneTensor, type Shape } from './inputs.js';

export interface LayerNormalizationArgs extends AffineNormalizationArgs {
  /** The axes that are normalized together. Default -1. */
  axis?: number | number[];
}

/** See {@link layerNormalization}. */
export class GraftLayerNormalization extends AffineNormalization {
  static readonly className = 'GraftLayerNormalization';
  private readonly axis: number | number[];

  constructor(args: LayerNormalizationArgs = {}) {
    super(args);
    this.axis = args.axis ?? -1;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    const lengths = axesOf(this.axis, shape.length).map((axis) => shape[axis] ?? null);
    if (lengths.includes(null)) {
      throw invalidArgument('inputShape', `known along axis ${[this.axis].flat()}`, shape);
    }
    this.buildAffine(lengths as number[]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      const axes = axesOf(this.axis, x.rank);
      return this.affine(this.standardize(x, axes), axes);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), axis: this.axis };
  }
}

/**
 * Keras's LayerNormalization: y = γ · (x − μ) / √(σ² + ε) + β with mean μ and biased variance σ² of each example along the
 * axes. Input and output have any one shape. The same in training and inference.
 *
 * @throws GraftError when an axis is none of the input's
 * @example
 * import { layerNormalization } from '@graftjs/layers';
 * layerNormalization({ axis: [1, 2, 3], epsilon: 1e-6 });
 */
export function layerNormalization(args?: LayerNormalizationArgs): GraftLayerNormalization {
  return new GraftLayerNormalization(args);
}
