// SAM: the gradient is taken where the loss is highest nearby, so that training ends in flat valleys.

import * as tf from '@tensorflow/tfjs-core';
import { checkPositive } from './checks.js';
import { RuleOptimizer } from './rule-optimizer.js';
import { checkFresh, fromInnerConfig, innerConfig } from './wrapper.js';

export interface SAMOptions {
  /** ρ above 0, the distance to the point of the second gradient; default 0.05. */
  rho?: number;
}

type Loss = () => tf.Scalar;

/**
 * Around any optimizer: it is given the gradient at
 *
 *     w + ρ·g/‖g‖
 *
 * where g is that at w, and ‖g‖ the norm over all variables. Each step costs two forward and backward passes over its batch;
 * layers that keep statistics (BatchNormalization) see it twice. The optimizer inside keeps no state of its own.
 *
 * Source: Foret et al. 2021, "Sharpness-Aware Minimization for Efficiently Improving Generalization".
 *
 * @throws GraftError for a ρ that is not above 0, or an optimizer that has made updates
 * @example
 * model.compile({ optimizer: new SAM(new SGD({ momentum: 0.9 })), loss: 'meanSquaredError' });
 */
export class SAM extends RuleOptimizer {
  static readonly className = 'GraftSAM';
  private readonly rho: number;

  constructor(
    private readonly optimizer: RuleOptimizer,
    { rho = 0.05 }: SAMOptions = {},
  ) {
    checkPositive({ rho });
    super(checkFresh(optimizer).source, optimizer.learningRate, { rho });
    this.rho = rho;
  }

  /** The loss at w, with the gradients at the other point; the variables are left as they were. */
  override computeGradients(
    f: Loss,
    varList?: tf.Variable[],
  ): { value: tf.Scalar; grads: tf.NamedTensorMap } {
    const { value, grads } = this.optimizer.computeGradients(f, varList);
    const given = Object.entries(grads).filter(([, gradient]) => gradient);
    const variables = given.map(([name]) => tf.engine().registeredVariables[name] as tf.Variable);
    const before = variables.map((variable) => tf.clone<tf.Tensor>(variable));
    try {
      tf.tidy(() => {
        const squares = given.map(([, gradient]) => tf.sum(tf.square(gradient)));
        const length = tf.sqrt(tf.addN(squares));
        // Without a slope there is nowhere to go.
        const safe = tf.where(tf.greater(length, 0), length, tf.onesLike(length));
        const factor = tf.div(this.rho, safe);
        for (const [i, variable] of variables.entries()) {
          variable.assign(tf.add(variable, tf.mul(factor, given[i]?.[1] as tf.Tensor)));
        }
      });
      const second = this.optimizer.computeGradients(f, varList);
      second.value.dispose();
      return { value, grads: second.grads };
    } catch (error) {
      value.dispose();
      throw error;
    } finally {
      for (const [i, variable] of variables.entries()) variable.assign(before[i] as tf.Tensor);
      tf.dispose([...before, ...given.map(([, gradient]) => gradient)]);
    }
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { learningRate, groups, rho } = super.getConfig();
    const inner = innerConfig(this.optimizer);
    const config = { ...(inner.config as tf.serialization.ConfigDict), learningRate, groups };
    return { optimizer: { ...inner, config }, rho } as tf.serialization.ConfigDict;
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    { optimizer, ...own }: tf.serialization.ConfigDict,
  ): T {
    const Wrapper = cls as unknown as new (inner: RuleOptimizer, options: SAMOptions) => T;
    return new Wrapper(fromInnerConfig(optimizer), own);
  }
}
