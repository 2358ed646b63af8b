// AdaBelief: Adam that divides by how far gradients are from what their mean predicts.

import type { Algebra, ElementwiseRule, Rate, RuleInputs } from '@graftjs/core';
import { checkDecays, checkPositive } from './checks.js';
import { momentumOver, type MomentumAt } from './momentum.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001. */
export interface AdaBeliefOptions extends OptimizerOptions {
  /** Decay of the first moment, in [0, 1); default 0.9. A number, or a schedule over the steps made so far. */
  beta1?: Rate;
  /** Decay of the second moment, in [0, 1); default 0.999. */
  beta2?: number;
  /** Above 0; default 1e-16. */
  epsilon?: number;
}

/**
 * AdaBelief, as its authors' package computes it without rectification (Keras has none), at update t = 1, 2, …:
 *
 *     m ← β₁·m + (1 − β₁)·g        s ← β₂·s + (1 − β₂)·(g − m)² + ε
 *     w ← w − η/(1 − β₁ᵗ) · m/(√(s/(1 − β₂ᵗ)) + ε)
 *
 * Source: Zhuang et al. 2020, "AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed Gradients".
 *
 * @throws GraftError for a β outside [0, 1) or an ε that is not above 0
 * @example
 * model.compile({ optimizer: new AdaBelief({ learningRate: 1e-3 }), loss: 'meanSquaredError' });
 */
export class AdaBelief extends SimpleOptimizer {
  static readonly className = 'GraftAdaBelief';

  constructor({
    learningRate = 0.001,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-16,
    ...options
  }: AdaBeliefOptions = {}) {
    checkDecays({ beta2 });
    const beta1At = momentumOver({ beta1 }, options);
    checkPositive({ epsilon });
    const own = { beta1, beta2, epsilon };
    super(adaBeliefRule(own, beta1At), own, { learningRate, ...options });
  }
}

type Slot = 'momentum' | 'variance';
type Scalar = ('beta1' | 'beta2' | 'fresh1' | 'fresh2') | ('step' | 'correction' | 'epsilon');

function adaBeliefRule(
  { beta2, epsilon }: Required<Omit<AdaBeliefOptions, keyof OptimizerOptions>>,
  beta1At: MomentumAt,
): ElementwiseRule<Slot, Scalar> {
  return {
    name: 'AdaBelief',
    elementwise: true,
    slots: ['momentum', 'variance'],
    scalars(rate, update, age) {
      const beta1 = beta1At(update);
      return {
        ...{ beta1, beta2, fresh1: 1 - beta1, fresh2: 1 - beta2, epsilon },
        step: rate / (1 - beta1 ** age),
        correction: 1 / Math.sqrt(1 - beta2 ** age),
      };
    },
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars: s }: RuleInputs<E, Slot, Scalar>) {
      // g − m with the new m, without the difference of two numbers that are nearly equal.
      const surprise = a.sub(gradient, slots.momentum);
      const momentum = a.add(slots.momentum, a.mul(s.fresh1, surprise));
      const fresh = a.mul(s.fresh2, a.square(a.mul(s.beta1, surprise)));
      const variance = a.add(a.add(a.mul(s.beta2, slots.variance), fresh), s.epsilon);
      const size = a.add(a.mul(s.correction, a.sqrt(variance)), s.epsilon);
      const descent = a.div(a.mul(s.step, momentum), size);
      return { weight: a.sub(weight, descent), slots: { momentum, variance } };
    },
  };
}
