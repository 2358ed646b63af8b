// Lion: every weight moves by the rate, in the direction of an interpolated momentum.

import {
  invalidArgument,
  type Algebra,
  type ElementwiseRule,
  type RuleInputs,
} from '@graftjs/core';
import { checkDecays } from './checks.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001; a third to a tenth of Adam's is usual. */
export interface LionOptions extends OptimizerOptions {
  /** Weight of the momentum in the direction, in (0, 1]; default 0.9. */
  beta1?: number;
  /** Decay of the momentum, in [0, 1); default 0.99. */
  beta2?: number;
}

/**
 * Lion, as Keras computes it:
 *
 *     w ← w − η·sign(β₁·m + (1 − β₁)·g)        m ← β₂·m + (1 − β₂)·g
 *
 * Source: Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms".
 *
 * @throws GraftError for a β₁ outside (0, 1] or a β₂ outside [0, 1)
 * @example
 * model.compile({ optimizer: new Lion({ learningRate: 1e-4, weightDecay: 1 }), loss: 'meanSquaredError' });
 */
export class Lion extends SimpleOptimizer {
  static readonly className = 'GraftLion';

  constructor({ learningRate = 0.001, beta1 = 0.9, beta2 = 0.99, ...options }: LionOptions = {}) {
    if (!(beta1 > 0 && beta1 <= 1)) throw invalidArgument('beta1', 'a number in (0, 1]', beta1);
    checkDecays({ beta2 });
    super(lionRule(beta1, beta2), { beta1, beta2 }, { learningRate, ...options });
  }
}

type Slot = 'momentum';
type Scalar = 'rate' | 'beta1' | 'fresh1' | 'beta2' | 'fresh2';

function lionRule(beta1: number, beta2: number): ElementwiseRule<Slot, Scalar> {
  return {
    name: 'Lion',
    elementwise: true,
    slots: ['momentum'],
    scalars: (rate) => ({ rate, beta1, fresh1: 1 - beta1, beta2, fresh2: 1 - beta2 }),
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars: s }: RuleInputs<E, Slot, Scalar>) {
      const mix = (kept: E, fresh: E): E =>
        a.add(a.mul(kept, slots.momentum), a.mul(fresh, gradient));
      const direction = a.sign(mix(s.beta1, s.fresh1));
      return {
        weight: a.sub(weight, a.mul(s.rate, direction)),
        slots: { momentum: mix(s.beta2, s.fresh2) },
      };
    },
  };
}
