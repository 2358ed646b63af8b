// Prodigy: Adam that finds its rate by itself, from how far the weights have come.

import type {
  RuleOutputs,
  SharedScalars,
  TensorAlgebra,
  TensorRuleInputs,
  UpdateRule,
} from '@graftjs/core';
import { checkDecays, checkPositive } from './checks.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` η defaults to 1; a schedule over it is welcome. `weightDecay` is multiplied by d, too. */
export interface ProdigyOptions extends OptimizerOptions {
  /** Decay of the first moment, in [0, 1); default 0.9. */
  beta1?: number;
  /** Decay of the second moment, in [0, 1); default 0.999. */
  beta2?: number;
  /** Decay of the sums that d is made of, in [0, 1); null, the default, is √β₂. */
  beta3?: number | null;
  /** Above 0; default 1e-8. */
  epsilon?: number;
  /** The first estimate of the distance, above 0; default 1e-6. */
  d0?: number;
  /** The estimate is multiplied by it, above 0; default 1. */
  dCoef?: number;
  /** Corrects the bias of the moments; default false. */
  useBiasCorrection?: boolean;
  /** Keeps warm-up out of the estimate; default false. */
  safeguardWarmup?: boolean;
}

/**
 * Prodigy, as its authors' package computes it (Keras has none), with one estimate d of the distance to the solution for
 * all variables, and w₀ the weights at first:
 *
 *     n ← β₃·n + η·d²/d₀ · ⟨g, w₀ − w⟩        m ← β₁·m + (1 − β₁)·d·g
 *     s ← β₃·s + η·d²/d₀ · g                  v ← β₂·v + (1 − β₂)·d²·g²
 *     d' = max(d, c·Σn/Σ‖s‖₁)        w ← w − η·d·λ·w − η·d·m/(√v + d'·ε)
 *
 * Source: Mishchenko and Defazio 2024, "Prodigy: An Expeditiously Adaptive Parameter-Free Learner".
 *
 * @throws GraftError for a β outside [0, 1), or an ε, d₀ or c that is not above 0
 * @example
 * model.compile({ optimizer: new Prodigy(), loss: 'meanSquaredError' });
 */
export class Prodigy extends SimpleOptimizer {
  static readonly className = 'GraftProdigy';

  constructor({
    learningRate = 1,
    beta1 = 0.9,
    beta2 = 0.999,
    beta3 = null,
    epsilon = 1e-8,
    d0 = 1e-6,
    dCoef = 1,
    useBiasCorrection = false,
    safeguardWarmup = false,
    ...options
  }: ProdigyOptions = {}) {
    checkDecays({ beta1, beta2, beta3: beta3 ?? 0 });
    checkPositive({ epsilon, d0, dCoef });
    const own = { beta1, beta2, beta3, epsilon, d0, dCoef, useBiasCorrection, safeguardWarmup };
    const made = new Map<number, UpdateRule>();
    const of = (_: unknown, decay = 0): UpdateRule => {
      const rule = made.get(decay) ?? prodigyRule(own, decay);
      made.set(decay, rule);
      return rule;
    };
    super({ ownDecay: true, of }, own, { learningRate, ...options });
  }
}

type Slot = 'momentum' | 'velocity' | 'gradientSum' | 'start' | 'numerator' | 'distance';
type Scalar =
  | ('beta1' | 'beta2' | 'beta3' | 'fresh1' | 'fresh2' | 'epsilon' | 'coefficient')
  | ('rate' | 'numeratorRate' | 'sumRate' | 'decay');
type Own = Required<Omit<ProdigyOptions, keyof OptimizerOptions>>;

function prodigyRule(own: Own, decay: number): UpdateRule<Slot, Scalar> {
  const { beta1, beta2, epsilon, d0, dCoef: coefficient } = own;
  const beta3 = own.beta3 ?? Math.sqrt(beta2);
  return {
    name: 'Prodigy',
    elementwise: false,
    // Each variable has its part of n, and a copy of d: those that train later take the largest one over.
    slots: ['momentum', 'velocity', 'gradientSum', 'start', 'numerator', 'distance'],
    initial: { start: 'weight', distance: d0 },
    slotShape: (slot, shape) => (slot === 'numerator' || slot === 'distance' ? [] : shape),
    scalars(rate, _update, age) {
      const correction = own.useBiasCorrection
        ? Math.sqrt(1 - beta2 ** age) / (1 - beta1 ** age)
        : 1;
      const numeratorRate = (rate * correction) / d0;
      return {
        ...{ beta1, beta2, beta3, fresh1: 1 - beta1, fresh2: 1 - beta2, epsilon, coefficient },
        ...{ rate: rate * correction, decay: rate * correction * decay, numeratorRate },
        sumRate: own.safeguardWarmup ? 1 / d0 : numeratorRate,
      };
    },
    shared,
    update<E>(
      a: TensorAlgebra<E>,
      inputs: TensorRuleInputs<E, Slot, Scalar>,
    ): RuleOutputs<E, Slot> {
      const { weight, gradient, slots, scalars: s } = inputs;
      const sum = (name: string): E => inputs.shared[name] as E;
      const d = sum('distance');
      const estimate = a.div(a.mul(s.coefficient, sum('numerator')), sum('denominator'));
      // Without any gradient yet there is nothing to estimate from.
      const distance = a.maximum(d, a.ifPositive(sum('denominator'), estimate, d));
      const scaled = a.mul(d, gradient);
      const momentum = a.add(a.mul(s.beta1, slots.momentum), a.mul(s.fresh1, scaled));
      const velocity = a.add(a.mul(s.beta2, slots.velocity), a.mul(s.fresh2, a.square(scaled)));
      const size = a.add(a.sqrt(velocity), a.mul(distance, s.epsilon));
      const descent = a.div(a.mul(a.mul(s.rate, d), momentum), size);
      const decayed = a.sub(weight, a.mul(a.mul(s.decay, d), weight));
      const { gradientSum, numerator } = sums(a, inputs);
      return {
        weight: a.sub(decayed, descent),
        slots: { momentum, velocity, gradientSum, start: slots.start, numerator, distance },
      };
    },
  };
}

const shared: SharedScalars = {
  combine: { numerator: 'sum', denominator: 'sum', distance: 'maximum' },
  of<E>(a: TensorAlgebra<E>, inputs: Inputs<E>) {
    const { gradientSum, numerator } = sums(a, inputs);
    const distance = inputs.slots.distance as E;
    return { numerator, denominator: a.sum(a.abs(gradientSum)), distance };
  },
};

type Inputs<E> = Pick<TensorRuleInputs<E>, 'weight' | 'gradient' | 'slots' | 'scalars'>;

/** The new s, and the variable's part of the new n. */
function sums<E>(
  a: TensorAlgebra<E>,
  { weight, gradient, slots, scalars }: Inputs<E>,
): { gradientSum: E; numerator: E } {
  const [s, o] = [slots as Record<Slot, E>, scalars as Record<Scalar, E>];
  const square = a.square(s.distance);
  const progress = a.sum(a.mul(gradient, a.sub(s.start, weight)));
  const kept = (old: E): E => a.mul(o.beta3, old);
  return {
    gradientSum: a.add(kept(s.gradientSum), a.mul(a.mul(o.sumRate, square), gradient)),
    numerator: a.add(kept(s.numerator), a.mul(a.mul(o.numeratorRate, square), progress)),
  };
}
