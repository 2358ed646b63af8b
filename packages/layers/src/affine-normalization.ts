// What group and layer normalization share: a scale and an offset, each of which may be left out.

import * as tf from '@tensorflow/tfjs-core';
import { type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import type { LayerArgs } from './inputs.js';
import {
  type ConstraintArgument,
  type InitializerArgument,
  type RegularizerArgument,
  weightConfig,
  type WeightSettings,
  weightSettings,
} from './weights.js';

export interface AffineNormalizationArgs extends LayerArgs {
  /** Added to the variance. Default 1e-3. */
  epsilon?: number;
  /** Whether there is an offset β. Default true. */
  center?: boolean;
  /** Whether there is a factor γ. Default true. */
  scale?: boolean;
  /** Default `ones`. */
  gammaInitializer?: InitializerArgument;
  gammaRegularizer?: RegularizerArgument;
  gammaConstraint?: ConstraintArgument;
  /** Default `zeros`. */
  betaInitializer?: InitializerArgument;
  betaRegularizer?: RegularizerArgument;
  betaConstraint?: ConstraintArgument;
}

export abstract class AffineNormalization extends layers.Layer {
  private readonly epsilon: number;
  private readonly center: boolean;
  private readonly scale: boolean;
  private readonly gammaSettings: WeightSettings;
  private readonly betaSettings: WeightSettings;
  private gamma: LayerVariable | undefined;
  private beta: LayerVariable | undefined;

  constructor(args: AffineNormalizationArgs) {
    super(args);
    this.supportsMasking = true;
    this.epsilon = args.epsilon ?? 1e-3;
    this.center = args.center ?? true;
    this.scale = args.scale ?? true;
    this.gammaSettings = weightSettings('gamma', args, 'ones');
    this.betaSettings = weightSettings('beta', args, 'zeros');
  }

  protected buildAffine(shape: number[]): void {
    const add = (name: string, { initializer, regularizer, constraint }: WeightSettings) =>
      this.addWeight(name, shape, 'float32', initializer, regularizer, true, constraint);
    if (this.scale) this.gamma = add('gamma', this.gammaSettings);
    if (this.center) this.beta = add('beta', this.betaSettings);
    this.built = true;
  }

  /** (x − mean) / √(variance + ε), both over `axes`, the variance biased. */
  protected standardize(x: tf.Tensor, axes: number[]): tf.Tensor {
    const centered = tf.sub(x, tf.mean(x, axes, true));
    const variance = tf.mean(tf.square(centered), axes, true);
    return tf.mul(centered, tf.rsqrt(tf.add(variance, this.epsilon)));
  }

  /** γ · x + β, both of the lengths that `x` has along `axes`. */
  protected affine(x: tf.Tensor, axes: number[]): tf.Tensor {
    const shape = x.shape.map((length, axis) => (axes.includes(axis) ? length : 1));
    const scaled = this.gamma ? tf.mul(x, tf.reshape(this.gamma.read(), shape)) : x;
    return this.beta ? tf.add(scaled, tf.reshape(this.beta.read(), shape)) : scaled;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { epsilon, center, scale } = this;
    return {
      ...super.getConfig(),
      ...{ epsilon, center, scale },
      ...weightConfig('gamma', this.gammaSettings),
      ...weightConfig('beta', this.betaSettings),
    };
  }
}
