// Keras's EinsumDense, which tfjs-layers lacks.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';
import { Projection } from './projection.js';
import {
  type Activation,
  type ActivationArgument,
  activationOf,
  type ConstraintArgument,
  type InitializerArgument,
  type RegularizerArgument,
  weightConfig,
  type WeightSettings,
  weightSettings,
} from './weights.js';

/** The settings of a kernel and a bias. */
export interface KernelAndBiasArgs {
  /** Default `glorotUniform`. */
  kernelInitializer?: InitializerArgument;
  kernelRegularizer?: RegularizerArgument;
  kernelConstraint?: ConstraintArgument;
  /** Default `zeros`. */
  biasInitializer?: InitializerArgument;
  biasRegularizer?: RegularizerArgument;
  biasConstraint?: ConstraintArgument;
}

export interface EinsumDenseArgs extends LayerArgs, KernelAndBiasArgs {
  /** Input, kernel and output, a letter for each axis; what the output lacks is summed over. `...` stands for any axes. */
  equation: string;
  /** The output's lengths without the batch and without what `...` stands for; null where the input says them. */
  outputShape: number | Shape;
  /** Those letters of the output that the bias has; null (default) for no bias. */
  biasAxes?: string | null;
  /** Default `linear`. */
  activation?: ActivationArgument;
}

/** See {@link einsumDense}. */
export class GraftEinsumDense extends layers.Layer {
  static readonly className = 'GraftEinsumDense';
  private readonly equation: string;
  private readonly partialOutputShape: Shape;
  private readonly biasAxes: string | null;
  private readonly activation: Activation;
  private readonly kernelSettings: WeightSettings;
  private readonly biasSettings: WeightSettings;
  private readonly projection: Projection;

  constructor(args: EinsumDenseArgs) {
    super(args);
    this.equation = args.equation;
    this.partialOutputShape = [args.outputShape].flat();
    this.biasAxes = args.biasAxes ?? null;
    this.activation = activationOf(args.activation);
    this.kernelSettings = weightSettings('kernel', args, 'glorotUniform');
    this.biasSettings = weightSettings('bias', args, 'zeros');
    this.projection = new Projection(this.equation, this.partialOutputShape, this.biasAxes);
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    this.inputSpec = [{ ndim: shape.length }];
    this.projection.build(shape, this.kernelSettings, this.biasSettings, (name, shape, weight) => {
      const { initializer, regularizer, constraint } = weight;
      return this.addWeight(name, shape, 'float32', initializer, regularizer, true, constraint);
    });
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => this.activation.apply(this.projection.apply(oneTensor(inputs))));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return this.projection.parse(oneShape(inputShape)).outputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { equation, biasAxes } = this;
    return {
      ...super.getConfig(),
      ...{ equation, biasAxes },
      outputShape: [...this.partialOutputShape],
      activation: this.activation.getClassName(),
      ...weightConfig('kernel', this.kernelSettings),
      ...weightConfig('bias', this.biasSettings),
    };
  }
}

/**
 * Keras's EinsumDense: activation(input · kernel + bias), with the product that the equation says, as `ab,bc->ac` for a
 * dense layer. Each letter stands once in input, kernel and output.
 *
 * @throws GraftError when the equation, the shapes or the bias do not fit each other
 * @example
 * import { einsumDense } from '@graftjs/layers';
 * einsumDense({ equation: 'abc,cde->abde', outputShape: [null, 4, 16], biasAxes: 'de' });
 */
export function einsumDense(args: EinsumDenseArgs): GraftEinsumDense {
  return new GraftEinsumDense(args);
}
