// Adadelta: steps in the size of the steps before, so that the rate has no unit.

import type { Algebra, ElementwiseRule, RuleInputs } from '@graftjs/core';
import { checkDecays, checkPositive } from './checks.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001, as in Keras; 1 is that of the paper. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** Decay ρ of the running means, in [0, 1); default 0.95. */
  rho?: number;
  /** Above 0; default 1e-7. */
  epsilon?: number;
}

/**
 * Adadelta, as Keras computes it:
 *
 *     a ← ρ·a + (1 − ρ)·g²        δ = g·√(d + ε)/√(a + ε)
 *     d ← ρ·d + (1 − ρ)·δ²        w ← w − η·δ
 *
 * `tf.train.adadelta` takes the old a for δ, which is wrong.
 *
 * Source: Zeiler 2012, "ADADELTA: An Adaptive Learning Rate Method".
 *
 * @throws GraftError for a ρ outside [0, 1) or an ε that is not above 0
 * @example
 * model.compile({ optimizer: new Adadelta({ learningRate: 1 }), loss: 'meanSquaredError' });
 */
export class Adadelta extends SimpleOptimizer {
  static readonly className = 'GraftAdadelta';

  constructor({
    learningRate = 0.001,
    rho = 0.95,
    epsilon = 1e-7,
    ...options
  }: AdadeltaOptions = {}) {
    checkDecays({ rho });
    checkPositive({ epsilon });
    super(adadeltaRule(rho, epsilon), { rho, epsilon }, { learningRate, ...options });
  }
}

type Slot = 'accumulatedGrad' | 'accumulatedDeltaVar';
type Scalar = 'rate' | 'rho' | 'fresh' | 'epsilon' | 'nativeEpsilon';

function adadeltaRule(rho: number, epsilon: number): ElementwiseRule<Slot, Scalar> {
  // TensorFlow's op computes 1 − ρ in float32. Both means start from zero, so all of them is off by the same factor, which
  // cancels where ε has it, too.
  const scale = (1 - Math.fround(rho)) / (1 - rho);
  return {
    name: 'Adadelta',
    elementwise: true,
    slots: ['accumulatedGrad', 'accumulatedDeltaVar'],
    scalars: (rate) => ({ rate, rho, fresh: 1 - rho, epsilon, nativeEpsilon: epsilon * scale }),
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars: s }: RuleInputs<E, Slot, Scalar>) {
      const mean = (old: E, value: E): E =>
        a.add(a.mul(s.rho, old), a.mul(s.fresh, a.square(value)));
      const root = (value: E): E => a.sqrt(a.add(value, s.epsilon));
      const accumulatedGrad = mean(slots.accumulatedGrad, gradient);
      const size = a.div(root(slots.accumulatedDeltaVar), root(accumulatedGrad));
      const delta = a.mul(size, gradient);
      const accumulatedDeltaVar = mean(slots.accumulatedDeltaVar, delta);
      return {
        weight: a.sub(weight, a.mul(s.rate, delta)),
        slots: { accumulatedGrad, accumulatedDeltaVar },
      };
    },
    tensorflow: {
      ops: [
        {
          op: 'ResourceApplyAdadelta',
          inputs: [
            ...['weight', 'accumulatedGrad', 'accumulatedDeltaVar'],
            ...['rate', 'rho', 'nativeEpsilon', 'gradient'],
          ],
        },
      ],
      slotScales: { accumulatedGrad: scale, accumulatedDeltaVar: scale },
    },
  };
}
