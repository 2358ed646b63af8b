// RAdam: Adam that takes plain momentum steps until the second moment is known well enough.

import type { Algebra, ElementwiseRule, Rate, RuleInputs } from '@graftjs/core';
import { checkDecays, checkPositive } from './checks.js';
import { momentumOver, type MomentumAt } from './momentum.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001. */
export interface RAdamOptions extends OptimizerOptions {
  /** Decay of the first moment, in [0, 1); default 0.9. A number, or a schedule over the steps made so far. */
  beta1?: Rate;
  /** Decay of the second moment, in [0, 1); default 0.999. */
  beta2?: number;
  /** Above 0; default 1e-8, as in torch. */
  epsilon?: number;
}

/**
 * Rectified Adam, as torch computes it (Keras has none) at update t = 1, 2, …, with ρ∞ = 2/(1 − β₂) − 1 and
 * ρ = ρ∞ − 2·t·β₂ᵗ/(1 − β₂ᵗ):
 *
 *     m ← β₁·m + (1 − β₁)·g        m̂ = m/(1 − β₁ᵗ)
 *     v ← β₂·v + (1 − β₂)·g²       r = √((ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ))
 *     w ← w − η·r·m̂·√(1 − β₂ᵗ)/(√v + ε)   where ρ > 5,   else w ← w − η·m̂
 *
 * Source: Liu et al. 2020, "On the Variance of the Adaptive Learning Rate and Beyond".
 *
 * @throws GraftError for a β outside [0, 1) or an ε that is not above 0
 * @example
 * model.compile({ optimizer: new RAdam({ learningRate: 1e-3 }), loss: 'meanSquaredError' });
 */
export class RAdam extends SimpleOptimizer {
  static readonly className = 'GraftRAdam';

  constructor({
    learningRate = 0.001,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    ...options
  }: RAdamOptions = {}) {
    checkDecays({ beta2 });
    const beta1At = momentumOver({ beta1 }, options);
    checkPositive({ epsilon });
    const own = { beta1, beta2, epsilon };
    super(rAdamRule(own, beta1At), own, { learningRate, ...options });
  }
}

type Slot = 'momentum' | 'velocity';
type Scalar =
  ('beta1' | 'beta2' | 'fresh1' | 'fresh2') | ('adaptiveStep' | 'plainStep' | 'epsilon');

function rAdamRule(
  { beta2, epsilon }: Required<Omit<RAdamOptions, keyof OptimizerOptions>>,
  beta1At: MomentumAt,
): ElementwiseRule<Slot, Scalar> {
  const longest = 2 / (1 - beta2) - 1;
  return {
    name: 'RAdam',
    elementwise: true,
    slots: ['momentum', 'velocity'],
    scalars(rate, update, age) {
      const beta1 = beta1At(update);
      const power = beta2 ** age;
      const length = longest - (2 * age * power) / (1 - power);
      const step = rate / (1 - beta1 ** age);
      const known = length > 5;
      const rectification = Math.sqrt(
        ((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length),
      );
      return {
        ...{ beta1, beta2, fresh1: 1 - beta1, fresh2: 1 - beta2, epsilon },
        // One of the two is 0, so that the expression is the same in every step.
        adaptiveStep: known ? step * rectification * Math.sqrt(1 - power) : 0,
        plainStep: known ? 0 : step,
      };
    },
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars: s }: RuleInputs<E, Slot, Scalar>) {
      const momentum = a.add(a.mul(s.beta1, slots.momentum), a.mul(s.fresh1, gradient));
      const velocity = a.add(a.mul(s.beta2, slots.velocity), a.mul(s.fresh2, a.square(gradient)));
      const size = a.add(s.plainStep, a.div(s.adaptiveStep, a.add(a.sqrt(velocity), s.epsilon)));
      return { weight: a.sub(weight, a.mul(size, momentum)), slots: { momentum, velocity } };
    },
  };
}
