// Schedule-Free AdamW: an average of the iterates takes the place of a falling rate.

import type { Algebra, ElementwiseRule, RuleInputs } from '@graftjs/core';
import { checkDecays, checkNotNegative, checkPositive } from './checks.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.0025. */
export interface ScheduleFreeAdamWOptions extends OptimizerOptions {
  /** How much of the gradient's point is the average, in (0, 1); default 0.9. */
  beta1?: number;
  /** Decay of the second moment, in [0, 1); default 0.999. */
  beta2?: number;
  /** Above 0; default 1e-8. */
  epsilon?: number;
  /** Updates in which the rate rises from 0; default 0. */
  warmupSteps?: number;
}

/**
 * Schedule-Free AdamW, as Keras computes it at update t = 1, 2, …. The model's weights are y, at which gradients are taken;
 * z is the point of the underlying Adam without momentum, x the mean of all z:
 *
 *     v ← β₂·v + (1 − β₂)·g²        z ← z − η·g/(√(v/(1 − β₂ᵗ)) + ε)
 *     x ← (1 − 1/t)·x + z/t         y ← β₁·x + (1 − β₁)·z
 *
 * x is what to evaluate and to save: see `evaluating` and `finalize`. It is not stored, being (y − (1 − β₁)·z)/β₁.
 *
 * Source: Defazio et al. 2024, "The Road Less Scheduled". Its authors' package weighs the mean by the square of the largest
 * rate so far, which is 1/t where the rate does not rise.
 *
 * @throws GraftError for a β₁ outside (0, 1), a β₂ outside [0, 1), or an ε that is not above 0
 * @example
 * model.compile({ optimizer: new ScheduleFreeAdamW({ weightDecay: 0.01 }), loss: 'meanSquaredError' });
 */
export class ScheduleFreeAdamW extends SimpleOptimizer {
  static readonly className = 'GraftScheduleFreeAdamW';

  constructor({
    learningRate = 0.0025,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-8,
    warmupSteps = 0,
    ...options
  }: ScheduleFreeAdamWOptions = {}) {
    checkDecays({ beta1, beta2 });
    checkPositive({ beta1, epsilon });
    checkNotNegative({ warmupSteps });
    const own = { beta1, beta2, epsilon, warmupSteps };
    super(scheduleFreeRule(own), own, { learningRate, ...options });
  }
}

type Slot = 'momentum' | 'velocity';
type Scalar =
  | ('rate' | 'beta1' | 'fresh1' | 'inverse1' | 'beta2' | 'fresh2')
  | ('correction' | 'epsilon' | 'share' | 'rest');

function scheduleFreeRule({
  beta1,
  beta2,
  epsilon,
  warmupSteps,
}: Required<Omit<ScheduleFreeAdamWOptions, keyof OptimizerOptions>>): ElementwiseRule<
  Slot,
  Scalar
> {
  /** x, of y and z. */
  const meanOf = <E>(a: Algebra<E>, s: Readonly<Record<Scalar, E>>, y: E, z: E): E =>
    a.mul(a.sub(y, a.mul(s.fresh1, z)), s.inverse1);
  return {
    name: 'ScheduleFreeAdamW',
    elementwise: true,
    // Keras's names; its momentum is z.
    slots: ['momentum', 'velocity'],
    initial: { momentum: 'weight' },
    scalars(rate, update, age) {
      const warm = warmupSteps > 0 ? Math.min(update / warmupSteps, 1) : 1;
      return {
        ...{ rate: rate * warm, beta1, fresh1: 1 - beta1, inverse1: 1 / beta1 },
        ...{ beta2, fresh2: 1 - beta2, correction: 1 / Math.sqrt(1 - beta2 ** age) },
        ...{ epsilon, share: 1 / age, rest: 1 - 1 / age },
      };
    },
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars: s }: RuleInputs<E, Slot, Scalar>) {
      const velocity = a.add(a.mul(s.beta2, slots.velocity), a.mul(s.fresh2, a.square(gradient)));
      const size = a.add(a.mul(s.correction, a.sqrt(velocity)), s.epsilon);
      const z = a.sub(slots.momentum, a.div(a.mul(s.rate, gradient), size));
      const before = meanOf(a, s, weight, slots.momentum);
      const x = a.add(a.mul(s.rest, before), a.mul(s.share, z));
      const y = a.add(a.mul(s.beta1, x), a.mul(s.fresh1, z));
      return { weight: y, slots: { momentum: z, velocity } };
    },
    evaluationWeight: (a, { weight, slots, scalars }) => meanOf(a, scalars, weight, slots.momentum),
  };
}
