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
}

function adamRule(beta1: number, beta2: number, epsilon: number) {
  // TensorFlow's op computes 1 − β₂ in float32, which for 0.999 is off by 1.3e-5. As the velocity starts from zero, all
  // of it is off by that factor, which the step and ε can make up for exactly.
  const velocityScale = (1 - Math.fround(beta2)) / (1 - beta2);
  const rule: UpdateRule<
    'momentum' | 'velocity',
    | ('beta1' | 'beta2' | 'fresh1' | 'fresh2' | 'step' | 'epsilon')
    | ('nativeStep' | 'nativeEpsilon' | 'zero')
  > = {
    name: 'Adam',
    slots: ['momentum', 'velocity'],
    scalars(rate, update) {
      const step = (rate * Math.sqrt(1 - beta2 ** update)) / (1 - beta1 ** update);
      return {
        ...{ beta1, beta2, fresh1: 1 - beta1, fresh2: 1 - beta2, step, epsilon },
        nativeStep: step * Math.sqrt(velocityScale),
        nativeEpsilon: epsilon * Math.sqrt(velocityScale),
        zero: 0,
      };
    },
    update<E>(
      a: Algebra<E>,
      { weight, gradient, slots, scalars: s }: Parameters<typeof rule.update<E>>[1],
    ) {
      const momentum = a.add(a.mul(s.beta1, slots.momentum), a.mul(s.fresh1, gradient));
      const velocity = a.add(a.mul(s.beta2, slots.velocity), a.mul(s.fresh2, a.square(gradient)));
      const descent = a.div(a.mul(s.step, momentum), a.add(a.sqrt(velocity), s.epsilon));
      return { weight: a.sub(weight, descent), slots: { momentum, velocity } };
    },
    tensorflow: {
      op: 'ResourceApplyAdam',
      // With both powers of β at zero the op corrects nothing: the correction is in the step, from float64.
      inputs: [
        ...['weight', 'momentum', 'velocity', 'zero', 'zero', 'nativeStep'],
        ...['beta1', 'beta2', 'nativeEpsilon', 'gradient'],
      ],
      slotScales: { velocity: velocityScale },
    },
  };
  return rule;
}
