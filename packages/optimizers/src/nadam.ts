// Nadam: Adam with Nesterov's look-ahead.

import type { Algebra, ElementwiseRule, Rate, RuleInputs } from '@graftjs/core';
import { checkDecays, checkPositive } from './checks.js';
import { momentumOver, type MomentumAt } from './momentum.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001. */
export interface NadamOptions extends OptimizerOptions {
  /** Decay of the first moment, in [0, 1); default 0.9. A number, or a schedule over the steps made so far. */
  beta1?: Rate;
  /** Decay of the second moment, in [0, 1); default 0.999. */
  beta2?: number;
  /** Above 0; default 1e-7. */
  epsilon?: number;
}

/**
 * Nadam, as Keras computes it at update t = 1, 2, …, with the momentum schedule uₜ = β₁·(1 − 0.96ᵗ/2) and Uₜ = u₁·…·uₜ.
 * Where β₁ is a schedule itself, uₜ₊₁ takes the β₁ of update t, as in torch:
 *
 *     m ← β₁·m + (1 − β₁)·g        m̂ = uₜ₊₁·m/(1 − Uₜ₊₁) + (1 − uₜ)·g/(1 − Uₜ)
 *     v ← β₂·v + (1 − β₂)·g²       w ← w − η·m̂/(√(v/(1 − β₂ᵗ)) + ε)
 *
 * Source: Dozat 2016, "Incorporating Nesterov Momentum into Adam".
 *
 * @throws GraftError for a β outside [0, 1) or an ε that is not above 0
 * @example
 * model.compile({ optimizer: new Nadam({ learningRate: 1e-3 }), loss: 'meanSquaredError' });
 */
export class Nadam extends SimpleOptimizer {
  static readonly className = 'GraftNadam';

  constructor({
    learningRate = 0.001,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
    ...options
  }: NadamOptions = {}) {
    checkDecays({ beta2 });
    const beta1At = momentumOver({ beta1 }, options);
    checkPositive({ epsilon });
    const own = { beta1, beta2, epsilon };
    super(nadamRule(own, beta1At), own, { learningRate, ...options });
  }
}

type Slot = 'momentum' | 'velocity';
type Scalar =
  ('beta1' | 'beta2' | 'fresh1' | 'fresh2') | ('ahead' | 'now' | 'correction' | 'epsilon');

function nadamRule(
  { beta2, epsilon }: Required<Omit<NadamOptions, keyof OptimizerOptions>>,
  beta1At: MomentumAt,
): ElementwiseRule<Slot, Scalar> {
  const productTo = momentumProduct(beta1At);
  return {
    name: 'Nadam',
    elementwise: true,
    slots: ['momentum', 'velocity'],
    scalars(rate, update, age) {
      const beta1 = beta1At(update);
      const next = warmed(beta1, age + 1);
      const product = productTo(update, age);
      const ahead = next / (1 - product * next);
      const now = (1 - warmed(beta1, age)) / (1 - product);
      return {
        ...{ beta1, beta2, fresh1: 1 - beta1, fresh2: 1 - beta2 },
        ...{ ahead: rate * ahead, now: rate * now },
        ...{ correction: 1 / Math.sqrt(1 - beta2 ** age), epsilon },
      };
    },
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars: s }: RuleInputs<E, Slot, Scalar>) {
      const momentum = a.add(a.mul(s.beta1, slots.momentum), a.mul(s.fresh1, gradient));
      const velocity = a.add(a.mul(s.beta2, slots.velocity), a.mul(s.fresh2, a.square(gradient)));
      const direction = a.add(a.mul(s.ahead, momentum), a.mul(s.now, gradient));
      const size = a.add(a.mul(s.correction, a.sqrt(velocity)), s.epsilon);
      return {
        weight: a.sub(weight, a.div(direction, size)),
        slots: { momentum, velocity },
      };
    },
  };
}

/** uₜ of the momentum schedule. */
const warmed = (beta1: number, age: number): number => beta1 * (1 - 0.5 * 0.96 ** age);

/** Variables that began at so many different updates have their products remembered. */
const MOST_STARTS = 16;

/** Uₜ as a function of t, the age; it remembers the last one of each start, since t usually goes up by one. */
function momentumProduct(beta1At: MomentumAt): (update: number, age: number) => number {
  const last = new Map<number, { t: number; product: number }>();
  return (update, age) => {
    const start = update - age;
    let { t, product } = last.get(start) ?? { t: 0, product: 1 };
    if (age < t) [t, product] = [0, 1];
    while (t < age) product *= warmed(beta1At(start + ++t), t);
    if (last.size >= MOST_STARTS && !last.has(start)) last.clear();
    last.set(start, { t, product });
    return product;
  };
}
