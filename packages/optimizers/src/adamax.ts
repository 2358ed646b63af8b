// AdaMax: Adam with the largest gradient, which fades, in the place of the root mean square.

import type { Algebra, ElementwiseRule, Rate, RuleInputs } from '@graftjs/core';
import { checkDecays, checkPositive } from './checks.js';
import { momentumOver, type MomentumAt } from './momentum.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001. */
export interface AdamaxOptions extends OptimizerOptions {
  /** Decay of the first moment, in [0, 1); default 0.9. A number, or a schedule over the steps made so far. */
  beta1?: Rate;
  /** Decay of the largest gradient, in [0, 1); default 0.999. */
  beta2?: number;
  /** Above 0; default 1e-7. */
  epsilon?: number;
}

/**
 * AdaMax, as Keras computes it at update t = 1, 2, …:
 *
 *     m ← β₁·m + (1 − β₁)·g        u ← max(β₂·u, |g|)
 *     w ← w − η/(1 − β₁ᵗ) · m/(u + ε)
 *
 * torch adds ε to |g| instead.
 *
 * Source: Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization", section 7.
 *
 * @throws GraftError for a β outside [0, 1) or an ε that is not above 0
 * @example
 * model.compile({ optimizer: new Adamax({ learningRate: 2e-3 }), loss: 'meanSquaredError' });
 */
export class Adamax extends SimpleOptimizer {
  static readonly className = 'GraftAdamax';

  constructor({
    learningRate = 0.001,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
    ...options
  }: AdamaxOptions = {}) {
    checkDecays({ beta2 });
    const beta1At = momentumOver({ beta1 }, options);
    checkPositive({ epsilon });
    const own = { beta1, beta2, epsilon };
    super(adamaxRule(own, beta1At), own, { learningRate, ...options });
  }
}

type Slot = 'momentum' | 'norm';
type Scalar = 'beta1' | 'beta2' | 'fresh1' | 'step' | 'epsilon' | 'nativeStep' | 'zero';

function adamaxRule(
  { beta1: given, beta2, epsilon }: Required<Omit<AdamaxOptions, keyof OptimizerOptions>>,
  beta1At: MomentumAt,
): ElementwiseRule<Slot, Scalar> {
  // TensorFlow's op computes 1 − β₁ in float32; all of the momentum, which starts from zero, is off by this factor.
  const scale = typeof given === 'number' ? (1 - Math.fround(given)) / (1 - given) : 1;
  const rule: ElementwiseRule<Slot, Scalar> = {
    name: 'Adamax',
    elementwise: true,
    slots: ['momentum', 'norm'],
    scalars(rate, update, age) {
      const beta1 = beta1At(update);
      const step = rate / (1 - beta1 ** age);
      const nativeStep = step / scale;
      return { beta1, beta2, fresh1: 1 - beta1, step, epsilon, nativeStep, zero: 0 };
    },
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars: s }: RuleInputs<E, Slot, Scalar>) {
      const momentum = a.add(a.mul(s.beta1, slots.momentum), a.mul(s.fresh1, gradient));
      const norm = a.maximum(a.mul(s.beta2, slots.norm), a.abs(gradient));
      const descent = a.div(a.mul(s.step, momentum), a.add(norm, s.epsilon));
      return { weight: a.sub(weight, descent), slots: { momentum, norm } };
    },
  };
  // Of a schedule, the factor would be another one in each step.
  if (typeof given !== 'number') return rule;
  return {
    ...rule,
    tensorflow: {
      ops: [
        {
          op: 'ResourceApplyAdaMax',
          // With the power of β₁ at zero the op corrects nothing: the correction is in the step, from float64.
          inputs: [
            ...['weight', 'momentum', 'norm', 'zero', 'nativeStep'],
            ...['beta1', 'beta2', 'epsilon', 'gradient'],
          ],
        },
      ],
      slotScales: { momentum: scale },
    },
  };
}
