// Keras's BatchNormalization: any rank and axis, with or without scale and center, in inference mode where it is frozen.

import { GraftError, invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { InputSpec, type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { axisOf } from './axes.js';
import { batchNormTraining } from './batch-norm-training.js';
import { type CallArgs, oneShape, oneTensor, type Shape } from './inputs.js';
import { objectConfig, weightConfig, type WeightSettings, weightSettings } from './weights.js';

export type BatchNormalizationArgs = NonNullable<Parameters<typeof layers.batchNormalization>[0]>;

/** See {@link batchNormalization}. */
export class GraftBatchNormalization extends layers.Layer {
  static readonly className = 'GraftBatchNormalization';
  private readonly axis: number;
  private readonly momentum: number;
  private readonly epsilon: number;
  private readonly center: boolean;
  private readonly scale: boolean;
  private readonly settings: Record<
    'gamma' | 'beta' | 'movingMean' | 'movingVariance',
    WeightSettings
  >;
  private gamma: LayerVariable | undefined;
  private beta: LayerVariable | undefined;
  private movingMean!: LayerVariable;
  private movingVariance!: LayerVariable;

  constructor(args: BatchNormalizationArgs = {}) {
    super(args);
    this.supportsMasking = true;
    this.axis = args.axis ?? -1;
    this.momentum = args.momentum ?? 0.99;
    this.epsilon = args.epsilon ?? 1e-3;
    this.center = args.center ?? true;
    this.scale = args.scale ?? true;
    this.settings = {
      gamma: weightSettings('gamma', args, 'ones'),
      beta: weightSettings('beta', args, 'zeros'),
      movingMean: weightSettings('movingMean', args, 'zeros'),
      movingVariance: weightSettings('movingVariance', args, 'ones'),
    };
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    const axis = axisOf(this.axis, shape.length);
    const channels = shape[axis];
    if (channels == null) {
      throw invalidArgument('inputShape', `known along axis ${this.axis}`, shape);
    }
    this.inputSpec = [new InputSpec({ ndim: shape.length, axes: { [axis]: channels } })];
    const add = (name: string, settings: WeightSettings, trainable: boolean) => {
      const { initializer, regularizer, constraint } = settings;
      const args = [initializer, regularizer, trainable, constraint] as const;
      return this.addWeight(name, [channels], 'float32', ...args);
    };
    const { gamma, beta, movingMean, movingVariance } = this.settings;
    if (this.scale) this.gamma = add('gamma', gamma, true);
    if (this.center) this.beta = add('beta', beta, true);
    this.movingMean = add('moving_mean', movingMean, false);
    this.movingVariance = add('moving_variance', movingVariance, false);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArgs): tf.Tensor {
    const training = kwargs.training === true && !this.isFrozen;
    if (training && kwargs.mask != null) {
      throw new GraftError(
        `layer "${this.name}" (${this.getClassName()}) cannot train with a mask`,
      );
    }
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      // [batch, height, width, channels], however many dimensions and whichever axis.
      const axis = axisOf(this.axis, x.rank);
      const last = x.rank - 1;
      const others = [...x.shape.keys()].filter((each) => each !== axis);
      const moved = axis === last ? x : tf.transpose(x, [...others, axis]);
      const channels = x.shape[axis] as number;
      const images = x.rank === 4 ? moved : tf.reshape(moved, [-1, 1, 1, channels]);
      const y = training ? this.train(images) : this.infer(images);
      const unfolded = x.rank === 4 ? y : tf.reshape(y, moved.shape);
      if (axis === last) return unfolded;
      const back = [...x.shape.keys()].map((each) => [...others, axis].indexOf(each));
      return tf.transpose(unfolded, back);
    });
  }

  /** A model of tfjs-layers that is frozen tells the weights within, and not their layers. */
  private get isFrozen(): boolean {
    const couldTrain = this.scale || this.center;
    return !this.trainable || (couldTrain && this.trainableWeights.length === 0);
  }

  private infer(x: tf.Tensor): tf.Tensor {
    const [mean, variance] = [this.movingMean, this.movingVariance].map((each) => each.read());
    return tf.batchNorm(
      x as tf.Tensor4D,
      mean as tf.Tensor1D,
      variance as tf.Tensor1D,
      this.beta?.read() as tf.Tensor1D | undefined,
      this.gamma?.read() as tf.Tensor1D | undefined,
      this.epsilon,
    );
  }

  private train(x: tf.Tensor): tf.Tensor {
    const channels = x.shape[3] as number;
    return batchNormTraining({
      x: x as tf.Tensor4D,
      gamma: (this.gamma?.read() ?? tf.ones([channels])) as tf.Tensor1D,
      beta: (this.beta?.read() ?? tf.zeros([channels])) as tf.Tensor1D,
      epsilon: this.epsilon,
      observe: (mean, variance) => {
        this.move(this.movingMean, mean);
        this.move(this.movingVariance, variance);
      },
    });
  }

  private move(moving: LayerVariable, value: tf.Tensor): void {
    const kept = tf.mul(moving.read(), this.momentum);
    moving.write(tf.add(kept, tf.mul(value, 1 - this.momentum)));
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { axis, momentum, epsilon, center, scale, settings } = this;
    return {
      ...super.getConfig(),
      ...{ axis, momentum, epsilon, center, scale },
      ...weightConfig('gamma', settings.gamma),
      ...weightConfig('beta', settings.beta),
      movingMeanInitializer: objectConfig(settings.movingMean.initializer),
      movingVarianceInitializer: objectConfig(settings.movingVariance.initializer),
    };
  }
}

/**
 * Keras's BatchNormalization. In training, y = γ · (x − μ) / √(σ² + ε) + β with the mean μ and the biased variance σ² of
 * each channel in the batch, and the moving statistics m ← momentum · m + (1 − momentum) · μ; in inference, and where
 * `trainable` is false, the moving statistics take the place of the batch's. Input and output have any one shape.
 *
 * Other than that of tfjs-layers, it trains without `scale` or `center`, with any rank and axis, and not while frozen; its
 * training form is one op (with a backend's own kernel, where it has one). It does not train with a mask.
 *
 * @throws GraftError when the axis is none of the input's
 * @example
 * import { batchNormalization } from '@graftjs/layers';
 * batchNormalization({ scale: false, momentum: 0.9 });
 */
export function batchNormalization(args?: BatchNormalizationArgs): GraftBatchNormalization {
  return new GraftBatchNormalization(args);
}
