// LAMB: Adam whose step has, for each variable, the size of the weights; for large batches.

import type { Rate, RuleOutputs, TensorAlgebra, TensorRuleInputs, UpdateRule } from '@graftjs/core';
import { checkDecays, checkPositive } from './checks.js';
import { momentumOver, type MomentumAt } from './momentum.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';
import { norm, whereBothPositive } from './trust-ratio.js';

/** `learningRate` defaults to 0.001. */
export interface LambOptions extends OptimizerOptions {
  /** Decay of the first moment, in [0, 1); default 0.9. A number, or a schedule over the steps made so far. */
  beta1?: Rate;
  /** Decay of the second moment, in [0, 1); default 0.999. */
  beta2?: number;
  /** Above 0; default 1e-7. */
  epsilon?: number;
}

/**
 * LAMB, as Keras computes it at update t = 1, 2, … for each variable:
 *
 *     m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
 *     u = m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)        w ← w − η·‖w‖/‖u‖·u
 *
 * and w ← w − η·u where one of the norms is 0. `weightDecay` is decoupled, as in Keras; in the paper it is a part of u.
 *
 * Source: You et al. 2020, "Large Batch Optimization for Deep Learning: Training BERT in 76 minutes".
 *
 * @throws GraftError for a β outside [0, 1) or an ε that is not above 0
 * @example
 * model.compile({ optimizer: new Lamb({ learningRate: 2e-3 }), loss: 'meanSquaredError' });
 */
export class Lamb extends SimpleOptimizer {
  static readonly className = 'GraftLamb';

  constructor({
    learningRate = 0.001,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
    ...options
  }: LambOptions = {}) {
    checkDecays({ beta2 });
    const beta1At = momentumOver({ beta1 }, options);
    checkPositive({ epsilon });
    const own = { beta1, beta2, epsilon };
    super(lambRule(own, beta1At), own, { learningRate, ...options });
  }
}

type Slot = 'momentum' | 'velocity';
type Scalar =
  | ('beta1' | 'beta2' | 'fresh1' | 'fresh2')
  | ('rate' | 'one' | 'correction1' | 'correction2' | 'epsilon');

function lambRule(
  { beta2, epsilon }: Required<Omit<LambOptions, keyof OptimizerOptions>>,
  beta1At: MomentumAt,
): UpdateRule<Slot, Scalar> {
  return {
    name: 'Lamb',
    elementwise: false,
    slots: ['momentum', 'velocity'],
    scalars(rate, update, age) {
      const beta1 = beta1At(update);
      return {
        ...{ beta1, beta2, fresh1: 1 - beta1, fresh2: 1 - beta2, rate, one: 1, epsilon },
        correction1: 1 / (1 - beta1 ** age),
        correction2: 1 / Math.sqrt(1 - beta2 ** age),
      };
    },
    update<E>(
      a: TensorAlgebra<E>,
      { weight, gradient, slots, scalars: s }: TensorRuleInputs<E, Slot, Scalar>,
    ): RuleOutputs<E, Slot> {
      const momentum = a.add(a.mul(s.beta1, slots.momentum), a.mul(s.fresh1, gradient));
      const velocity = a.add(a.mul(s.beta2, slots.velocity), a.mul(s.fresh2, a.square(gradient)));
      const size = a.add(a.mul(s.correction2, a.sqrt(velocity)), s.epsilon);
      const step = a.div(a.mul(s.correction1, momentum), size);
      const norms = [norm(a, weight), norm(a, step)] as const;
      const ratio = whereBothPositive(a, norms, a.div(...norms), s.one);
      return {
        weight: a.sub(weight, a.mul(a.mul(ratio, s.rate), step)),
        slots: { momentum, velocity },
      };
    },
  };
}
