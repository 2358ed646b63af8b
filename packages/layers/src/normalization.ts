// Keras's Normalization: inputs less their mean, over their standard deviation. (BatchNormalization learns its own.)

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';

/** One value, or one for each place of the kept axes. */
type Values = number | number[] | number[][];

export interface NormalizationArgs extends LayerArgs {
  /** The axes, counting the batch, whose places have values of their own; null for one value. Default -1. */
  axis?: number | number[] | null;
  /** Given with `variance`. Without both, they are weights that `adapt` computes. */
  mean?: Values | null;
  variance?: Values | null;
  /** Whether to undo a normalization. Default false. */
  invert?: boolean;
}

/** See {@link normalization}. */
export class GraftNormalization extends layers.Layer {
  static readonly className = 'GraftNormalization';
  private readonly axis: number[];
  private readonly given: { readonly mean: Values; readonly variance: Values } | undefined;
  private readonly invert: boolean;
  private mean: LayerVariable | undefined;
  private variance: LayerVariable | undefined;

  constructor(args: NormalizationArgs = {}) {
    super(args);
    const { axis = -1, mean = null, variance = null } = args;
    this.axis = axis === null ? [] : [axis].flat();
    this.invert = args.invert ?? false;
    this.supportsMasking = true;
    if (mean !== null && variance !== null) this.given = { mean, variance };
    else if (mean !== variance) throw invalidArgument('variance', 'given with mean', variance);
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    const kept = this.keptAxes(shape.length).map((axis) => shape[axis] as number);
    if (kept.includes(null as never)) {
      throw invalidArgument('axis', 'of known lengths', `${this.axis} of [${shape}]`);
    }
    if (!this.given) {
      const [zeros, ones] = [initializers.zeros(), initializers.ones()];
      const add = (name: string, initializer: typeof zeros) =>
        this.addWeight(name, kept, 'float32', initializer, undefined, false);
      this.mean = add('mean', zeros);
      this.variance = add('variance', ones);
      // Nobody reads it; Keras's files have it.
      this.addWeight('count', [], 'int32', zeros, undefined, false);
    }
    this.built = true;
  }

  /**
   * Sets mean and variance to those of `data`, which has the shape of an input.
   *
   * @throws GraftError when the layer was given them
   */
  adapt(data: tf.Tensor): void {
    if (this.given) throw invalidArgument('data', 'none where mean and variance are given', data);
    if (!this.built) this.build(data.shape);
    const kept = this.keptAxes(data.rank);
    const others = data.shape.map((_, axis) => axis).filter((axis) => !kept.includes(axis));
    const { mean, variance } = tf.moments(data, others);
    this.mean?.write(mean);
    this.variance?.write(variance);
    tf.dispose([mean, variance]);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = tf.cast(oneTensor(inputs), 'float32');
      const { mean, variance } = this.given ?? {
        mean: this.mean?.read() as tf.Tensor,
        variance: this.variance?.read() as tf.Tensor,
      };
      const deviation = tf.maximum(tf.sqrt(this.aligned(variance, x.rank)), 1e-7);
      const centre = this.aligned(mean, x.rank);
      return this.invert
        ? tf.add(centre, tf.mul(x, deviation))
        : tf.div(tf.sub(x, centre), deviation);
    });
  }

  /** In the rank of the input: the last dimension stands at the last kept axis, and so on. */
  private aligned(values: Values | tf.Tensor, rank: number): tf.Tensor {
    const tensor = values instanceof tf.Tensor ? values : tf.tensor(values, undefined, 'float32');
    const shape = Array<number>(rank).fill(1);
    const kept = this.keptAxes(rank).slice(-tensor.rank || rank);
    for (const [i, length] of tensor.shape.entries()) shape[kept[i] as number] = length;
    return tf.reshape(tensor, shape);
  }

  private keptAxes(rank: number): number[] {
    return this.axis.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { axis, invert, given } = this;
    const { mean, variance } = given ?? { mean: null, variance: null };
    return { ...super.getConfig(), axis, invert, mean, variance };
  }
}

/**
 * Keras's Normalization: (x − mean) / max(√variance, 1e-7). Any shape; the output has it too, as float32.
 *
 * @throws GraftError when only one of `mean` and `variance` is given
 * @example
 * import * as tf from '@tensorflow/tfjs-core';
 * import { normalization } from '@graftjs/layers';
 * normalization({ mean: [123.7, 116.8, 103.9], variance: [3411, 3260, 3290] });
 * const learned = normalization();
 * learned.adapt(tf.tensor2d([[1, 10], [3, 30]]));
 */
export function normalization(args?: NormalizationArgs): GraftNormalization {
  return new GraftNormalization(args);
}
