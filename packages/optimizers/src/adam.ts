// Adam: steps scaled by running estimates of the gradient's first and second moment.

import { invalidArgument, type Algebra, type Rate, type UpdateRule } from '@graftjs/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { RuleOptimizer } from './rule-optimizer.js';

export interface AdamOptions {
  /** Default 0.001. */
  learningRate?: Rate;
  /** Decay of the first moment, in [0, 1); default 0.9. */
  beta1?: number;
  /** Decay of the second moment, in [0, 1); default 0.999. */
  beta2?: number;
  /** Above 0; default 1e-7, as in Keras (torch: 1e-8). */
  epsilon?: number;
}

/**
 * Adam, as Keras computes it at update t = 1, 2, …:
 *
 *     m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
 *     w ← w − η·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m/(√v + ε)
 *
 * ε is added to √v before the bias correction ("epsilon hat" of the paper, section 2); torch adds it after.
 *
 * Source: Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization".
 *
 * @throws GraftError for a β outside [0, 1) or an ε that is not above 0
 * @example
 * model.compile({ optimizer: new Adam({ learningRate: 1e-3 }), loss: 'meanSquaredError' });
 */
export class Adam extends RuleOptimizer {
  /** A name of our own: tfjs-layers would find its own optimizer under `Adam`. */
  static readonly className = 'GraftAdam';
  private readonly options: Required<Omit<AdamOptions, 'learningRate'>>;

  constructor({
    learningRate = 0.001,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
  }: AdamOptions = {}) {
    for (const [name, beta] of Object.entries({ beta1, beta2 })) {
      if (!(Number.isFinite(beta) && beta >= 0 && beta < 1))
        throw invalidArgument(name, 'a number in [0, 1)', beta);
    }
    if (!(Number.isFinite(epsilon) && epsilon > 0))
      throw invalidArgument('epsilon', 'a number above 0', epsilon);
    super(adamRule(beta1, beta2, epsilon), learningRate);
    this.options = { beta1, beta2, epsilon };
  }

  override getConfig(): serialization.ConfigDict {
    return { learningRate: this.rateConfig(), ...this.options };
  }

  static override fromConfig<T extends serialization.Serializable>(
    cls: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T {
    return new cls(config);
  }
}

function adamRule(beta1: number, beta2: number, epsilon: number) {
  const rule: UpdateRule<
    'momentum' | 'velocity',
    | 'rate'
    | 'epsilon'
    | 'beta1'
    | 'beta2'
    | 'fresh1'
    | 'fresh2'
    | 'corrected'
    | 'beta1Power'
    | 'beta2Power'
  > = {
    name: 'Adam',
    slots: ['momentum', 'velocity'],
    scalars(rate, update) {
      const beta1Power = beta1 ** update;
      const beta2Power = beta2 ** update;
      return {
        ...{ rate, epsilon, beta1, beta2, beta1Power, beta2Power },
        fresh1: 1 - beta1,
        fresh2: 1 - beta2,
        corrected: (rate * Math.sqrt(1 - beta2Power)) / (1 - beta1Power),
      };
    },
    update<E>(
      a: Algebra<E>,
      { weight, gradient, slots, scalars: s }: Parameters<typeof rule.update<E>>[1],
    ) {
      const momentum = a.add(a.mul(s.beta1, slots.momentum), a.mul(s.fresh1, gradient));
      const velocity = a.add(a.mul(s.beta2, slots.velocity), a.mul(s.fresh2, a.square(gradient)));
      const step = a.div(a.mul(s.corrected, momentum), a.add(a.sqrt(velocity), s.epsilon));
      return { weight: a.sub(weight, step), slots: { momentum, velocity } };
    },
    tensorflow: {
      op: 'ResourceApplyAdam',
      inputs: [
        'weight',
        'momentum',
        'velocity',
        'beta1Power',
        'beta2Power',
        'rate',
        'beta1',
        'beta2',
        'epsilon',
        'gradient',
      ],
    },
  };
  return rule;
}
