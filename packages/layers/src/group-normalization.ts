// Keras's GroupNormalization, which tfjs-layers lacks.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { AffineNormalization, type AffineNormalizationArgs } from './affine-normalization.js';
import { axisOf } from './axes.js';
import { oneShape, oneTensor, type Shape } from './inputs.js';

export interface GroupNormalizationArgs extends AffineNormalizationArgs {
  /** Into how many groups the channels are divided; -1 makes each a group of its own. Default 32. */
  groups?: number;
  /** The axis of the channels. Default -1. */
  axis?: number;
}

/** See {@link groupNormalization}. */
export class GraftGroupNormalization extends AffineNormalization {
  static readonly className = 'GraftGroupNormalization';
  private readonly groups: number;
  private readonly axis: number;

  constructor(args: GroupNormalizationArgs = {}) {
    super(args);
    this.groups = args.groups ?? 32;
    this.axis = args.axis ?? -1;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    const channels = shape[axisOf(this.axis, shape.length)];
    if (channels == null) {
      throw invalidArgument('inputShape', `known along axis ${this.axis}`, shape);
    }
    const isDivisor = this.groups > 0 && Number.isInteger(channels / this.groups);
    if (this.groups !== -1 && !isDivisor) {
      const rule = `-1 or a divisor of the ${channels} channels`;
      throw invalidArgument('groups', rule, this.groups);
    }
    this.buildAffine([channels]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      const axis = axisOf(this.axis, x.rank);
      const channels = x.shape[axis] as number;
      const groups = this.groups === -1 ? channels : this.groups;
      const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
      const grouped = tf.reshape(x, [...before, groups, channels / groups, ...after]);
      // All but the batch and the groups.
      const axes = [...grouped.shape.keys()].filter((each) => each !== 0 && each !== axis);
      const standard = tf.reshape(this.standardize(grouped, axes), x.shape);
      return this.affine(standard, [axis]);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { groups, axis } = this;
    return { ...super.getConfig(), groups, axis };
  }
}

/**
 * Keras's GroupNormalization: y = γ · (x − μ) / √(σ² + ε) + β with mean μ and biased variance σ² of each example's groups
 * of channels; γ and β are of each channel. Input and output have any one shape. The same in training and inference.
 *
 * @throws GraftError when the groups do not divide the channels, or the axis is none of the input's
 * @example
 * import { groupNormalization } from '@graftjs/layers';
 * groupNormalization({ groups: 8 });
 */
export function groupNormalization(args?: GroupNormalizationArgs): GraftGroupNormalization {
  return new GraftGroupNormalization(args);
}
