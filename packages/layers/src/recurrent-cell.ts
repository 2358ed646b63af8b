// What a cell of a recurrent layer is: weights, and a step from one state to the next.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers, type LayerVariable } from '@tensorflow/tfjs-layers';
import { positive } from './convolution.js';
import { type CallArgs, type LayerArgs, oneShape, type Shape } from './inputs.js';
import { orthogonal } from './orthogonal.js';
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

export interface RecurrentCellArgs extends LayerArgs {
  /** Length of an output, and of each state. */
  units: number;
  /** Default `tanh`. */
  activation?: ActivationArgument;
  /** Default true. */
  useBias?: boolean;
  /** Of the weights that the input is multiplied by. Default `glorotUniform`. */
  kernelInitializer?: InitializerArgument;
  kernelRegularizer?: RegularizerArgument;
  kernelConstraint?: ConstraintArgument;
  /** Of the weights that the last output is multiplied by. Default `orthogonal`. */
  recurrentInitializer?: InitializerArgument;
  recurrentRegularizer?: RegularizerArgument;
  recurrentConstraint?: ConstraintArgument;
  /** Default `zeros`. */
  biasInitializer?: InitializerArgument;
  biasRegularizer?: RegularizerArgument;
  biasConstraint?: ConstraintArgument;
  /** The probability with which a feature of the input is dropped in training, in all steps. Default 0. */
  dropout?: number;
  /** The same of the last output. Default 0. */
  recurrentDropout?: number;
}

export interface GatedCellArgs extends RecurrentCellArgs {
  /** Of the gates. Default `sigmoid`. */
  recurrentActivation?: ActivationArgument;
}

/** From the states before step `t` to those after it; the first of them is the output, too. [batch, units] */
export type Step = (t: number, states: readonly tf.Tensor[]) => tf.Tensor[];

/** The factors of what is dropped, one for all gates or one for each; none where nothing is. */
type Masks = readonly tf.Tensor[];

/** What a cell knows of a pass over a sequence before its first step. */
export interface Pass {
  /** Of each step, times the kernel: [batch, gates · units]. */
  readonly inputs: readonly tf.Tensor[];
  /** Factors of the last output. */
  readonly masks: Masks;
  /** What the last output is multiplied by: [units, gates · units]. */
  readonly kernel: tf.Tensor;
  /** Added to that product, where a cell has such a bias. */
  readonly bias: tf.Tensor | undefined;
}

/** Multiplies [..., features] by weights, into [..., gates · units]. */
export type Product = (x: tf.Tensor) => tf.Tensor;

export abstract class RecurrentCell extends layers.Layer {
  /** Of each state. */
  readonly units: number;
  protected readonly activation: Activation;
  private readonly useBias: boolean;
  private readonly dropout: number;
  private readonly recurrentDropout: number;
  private readonly settings: Record<'kernel' | 'recurrent' | 'bias', WeightSettings>;
  private kernel!: LayerVariable;
  private recurrentKernel!: LayerVariable;
  private bias: LayerVariable | undefined;

  /**
   * @param gates how many matrices there are side by side in the kernels
   * @param stateCount how many states
   */
  constructor(
    args: RecurrentCellArgs,
    protected readonly gates: number,
    readonly stateCount: number,
  ) {
    super(args);
    this.units = positive('units', args.units);
    this.activation = activationOf(args.activation ?? 'tanh');
    this.useBias = args.useBias ?? true;
    this.dropout = rate('dropout', args.dropout);
    this.recurrentDropout = rate('recurrentDropout', args.recurrentDropout);
    this.settings = {
      kernel: weightSettings('kernel', args, 'glorotUniform'),
      recurrent: weightSettings('recurrent', args, orthogonal()),
      bias: weightSettings('bias', args, 'zeros'),
    };
  }

  /** A pass over `xs` [steps, batch, features]. */
  begin(xs: tf.Tensor3D, training: boolean): Step {
    const [, batch, features] = xs.shape;
    // As in Keras, each gate has masks of its own where the last output is dropped, too.
    const count = this.recurrentDropout > 0 ? this.gates : 1;
    const masks = (rate: number, length: number): Masks =>
      training && rate > 0
        ? Array.from({ length: count }, () => tf.dropout(tf.ones([batch, length]), rate))
        : [];
    const [inputBias, recurrentBias] = this.biases();
    const projected = product(this.kernel.read(), masks(this.dropout, features))(xs);
    const inputs = tf.unstack(inputBias ? tf.add(projected, inputBias) : projected);
    return this.step({
      inputs,
      masks: masks(this.recurrentDropout, this.units),
      kernel: this.recurrentKernel.read(),
      bias: recurrentBias,
    });
  }

  protected abstract step(pass: Pass): Step;

  protected biasShape(): number[] {
    return [this.gates * this.units];
  }

  protected biasInitializer(given: WeightSettings['initializer']): WeightSettings['initializer'] {
    return given;
  }

  /** Of the input, and of the last output where that has one. */
  private biases(): (tf.Tensor | undefined)[] {
    const bias = this.bias?.read();
    return bias?.rank === 2 ? tf.unstack(bias) : [bias];
  }

  override build(inputShape: Shape | Shape[]): void {
    const features = oneShape(inputShape).at(-1);
    if (features == null) {
      throw invalidArgument('inputShape', 'known along the last axis', inputShape);
    }
    const { kernel, recurrent, bias } = this.settings;
    const add = (name: string, shape: Shape, settings: WeightSettings) => {
      const { initializer, regularizer, constraint } = settings;
      return this.addWeight(name, shape, 'float32', initializer, regularizer, true, constraint);
    };
    const width = this.gates * this.units;
    this.kernel = add('kernel', [features, width], kernel);
    this.recurrentKernel = add('recurrent_kernel', [this.units, width], recurrent);
    if (this.useBias) {
      const initializer = this.biasInitializer(bias.initializer);
      this.bias = add('bias', this.biasShape(), { ...bias, initializer });
    }
    this.built = true;
  }

  /** One step: `[x, ...states]`, each [batch, …], to the states after it. */
  override call(inputs: tf.Tensor | tf.Tensor[], { training }: CallArgs): tf.Tensor[] {
    return tf.tidy(() => {
      const [x, ...states] = [inputs].flat() as [tf.Tensor, ...tf.Tensor[]];
      if (states.length !== this.stateCount) {
        throw invalidArgument(
          `the inputs of layer "${this.name}" (${this.getClassName()})`,
          `an x and ${this.stateCount} states`,
          states.length + 1,
        );
      }
      return this.begin(tf.expandDims(x) as tf.Tensor3D, training === true)(0, states);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [oneShape(inputShape)[0] ?? null, this.units];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { units, useBias, dropout, recurrentDropout, settings } = this;
    return {
      ...super.getConfig(),
      ...{ units, useBias, dropout, recurrentDropout },
      activation: this.activation.getClassName(),
      ...weightConfig('kernel', settings.kernel),
      ...weightConfig('recurrent', settings.recurrent),
      ...weightConfig('bias', settings.bias),
    };
  }
}

/** With masks for each gate, each part of the kernel is multiplied by an x of its own. */
export function product(kernel: tf.Tensor, masks: Masks): Product {
  if (masks.length > 1) {
    const parts = tf
      .split(kernel, masks.length, 1)
      .map((part, i) => product(part, [masks[i] as tf.Tensor]));
    return (x) =>
      tf.concat(
        parts.map((part) => part(x)),
        -1,
      );
  }
  const [mask] = masks;
  return (x) => {
    const given = mask ? tf.mul(x, mask) : x;
    const rows = tf.reshape(given, [-1, x.shape.at(-1) as number]);
    const multiplied = tf.matMul(rows as tf.Tensor2D, kernel as tf.Tensor2D);
    return x.rank === 2
      ? multiplied
      : tf.reshape(multiplied, [...x.shape.slice(0, -1), kernel.shape[1] as number]);
  };
}

function rate(argument: string, value = 0): number {
  if (value >= 0 && value < 1) return value;
  throw invalidArgument(argument, 'a number ≥ 0 and < 1', value);
}
