// Adagrad: steps divided by the root of the sum of all squared gradients, so that rare features take larger ones.

import type { Algebra, ElementwiseRule, RuleInputs } from '@graftjs/core';
import { checkNotNegative, checkPositive } from './checks.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001. */
export interface AdagradOptions extends OptimizerOptions {
  /** What the sums start from, ≥ 0; default 0.1. */
  initialAccumulatorValue?: number;
  /** Above 0; default 1e-7. */
  epsilon?: number;
}

/**
 * Adagrad, as Keras computes it; torch adds ε after the root:
 *
 *     a ← a + g²        w ← w − η·g/√(a + ε)
 *
 * Source: Duchi, Hazan and Singer 2011, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization".
 *
 * @throws GraftError for a negative initial value or an ε that is not above 0
 * @example
 * model.compile({ optimizer: new Adagrad({ learningRate: 0.01 }), loss: 'meanSquaredError' });
 */
export class Adagrad extends SimpleOptimizer {
  static readonly className = 'GraftAdagrad';

  constructor({
    learningRate = 0.001,
    initialAccumulatorValue = 0.1,
    epsilon = 1e-7,
    ...options
  }: AdagradOptions = {}) {
    checkNotNegative({ initialAccumulatorValue });
    checkPositive({ epsilon });
    const own = { initialAccumulatorValue, epsilon };
    super(adagradRule(own), own, { learningRate, ...options });
  }
}

type Slot = 'accumulator';
type Scalar = 'rate' | 'epsilon';

function adagradRule({
  initialAccumulatorValue,
  epsilon,
}: Required<Omit<AdagradOptions, keyof OptimizerOptions>>): ElementwiseRule<Slot, Scalar> {
  return {
    name: 'Adagrad',
    elementwise: true,
    slots: ['accumulator'],
    initial: { accumulator: initialAccumulatorValue },
    scalars: (rate) => ({ rate, epsilon }),
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars }: RuleInputs<E, Slot, Scalar>) {
      const accumulator = a.add(slots.accumulator, a.square(gradient));
      const root = a.sqrt(a.add(accumulator, scalars.epsilon));
      const descent = a.div(a.mul(scalars.rate, gradient), root);
      return { weight: a.sub(weight, descent), slots: { accumulator } };
    },
    tensorflow: {
      ops: [{ op: 'ResourceApplyAdagrad', inputs: ['weight', 'accumulator', 'rate', 'gradient'] }],
      // The op has no ε; that of ResourceApplyAdagradV2 stands after the root.
      slotOffsets: { accumulator: epsilon },
    },
  };
}
