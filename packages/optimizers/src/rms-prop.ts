// RMSprop: steps divided by a running root mean square of the gradient, also centered and with momentum.

import type { Algebra, ElementwiseRule, Rate, RuleInputs } from '@graftjs/core';
import { checkDecays, checkPositive } from './checks.js';
import { momentumOver, type MomentumAt } from './momentum.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001. */
export interface RMSpropOptions extends OptimizerOptions {
  /** Decay ρ of the running means, in [0, 1); default 0.9. */
  rho?: number;
  /** β in [0, 1); default 0, none. A number, or a schedule over the steps made so far. */
  momentum?: Rate;
  /** Above 0; default 1e-7, as in Keras (torch: 1e-8, added after the root). */
  epsilon?: number;
  /** Divides by the gradient's deviation from its running mean instead of by its size; default false. */
  centered?: boolean;
}

/**
 * RMSprop, as Keras computes it:
 *
 *     v ← ρ·v + (1 − ρ)·g²         d = v + ε
 *     a ← ρ·a + (1 − ρ)·g          d = v − a² + ε      (centered)
 *     w ← w − η·g/√d
 *     m ← β·m + η·g/√d             w ← w − m           (momentum)
 *
 * ε stands under the root; torch adds it after. The buffer m holds η, so that a changing rate acts on new gradients only.
 *
 * Source: Tieleman and Hinton 2012, lecture 6.5 of "Neural Networks for Machine Learning"; centered: Graves 2013,
 * "Generating Sequences With Recurrent Neural Networks".
 *
 * @throws GraftError for a ρ or β outside [0, 1), or an ε that is not above 0
 * @example
 * model.compile({ optimizer: new RMSprop({ learningRate: 1e-3, momentum: 0.9 }), loss: 'meanSquaredError' });
 */
export class RMSprop extends SimpleOptimizer {
  /** A name of our own: tfjs-layers would find its own optimizer under `RMSprop`. */
  static readonly className = 'GraftRMSprop';

  constructor({
    learningRate = 0.001,
    rho = 0.9,
    momentum = 0,
    epsilon = 1e-7,
    centered = false,
    ...options
  }: RMSpropOptions = {}) {
    checkDecays({ rho });
    const momentumAt = momentumOver({ momentum }, options);
    checkPositive({ epsilon });
    const own = { rho, momentum, epsilon, centered };
    super(rmsPropRule(own, momentumAt), own, { learningRate, ...options });
  }
}

type Slot = 'velocity' | 'momentum' | 'averageGradient';
type Scalar = 'rate' | 'rho' | 'fresh' | 'beta' | 'epsilon' | 'nativeRate' | 'nativeEpsilon';

function rmsPropRule(
  { rho, momentum, epsilon, centered }: Required<Omit<RMSpropOptions, keyof OptimizerOptions>>,
  momentumAt: MomentumAt,
): ElementwiseRule<Slot, Scalar> {
  // TensorFlow's op computes 1 − ρ in float32. As the velocity starts from zero, all of it is off by the same factor,
  // which the rate and ε can make up for exactly.
  const scale = (1 - Math.fround(rho)) / (1 - rho);
  const withMomentum = momentum !== 0;
  const rule: ElementwiseRule<Slot, Scalar> = {
    name: `${centered ? 'Centered' : ''}${withMomentum ? 'Momentum' : ''}RMSprop`,
    elementwise: true,
    slots: [
      'velocity',
      ...(withMomentum ? (['momentum'] as const) : []),
      ...(centered ? (['averageGradient'] as const) : []),
    ],
    scalars: (rate, update) => ({
      ...{ rate, rho, fresh: 1 - rho, beta: momentumAt(update), epsilon },
      nativeRate: rate * Math.sqrt(scale),
      nativeEpsilon: epsilon * scale,
    }),
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars: s }: RuleInputs<E, Slot, Scalar>) {
      const mean = (old: E, value: E): E => a.add(a.mul(s.rho, old), a.mul(s.fresh, value));
      const next: Partial<Record<Slot, E>> = {};
      const velocity = mean(slots.velocity, a.square(gradient));
      next.velocity = velocity;
      let spread = velocity;
      if (centered) {
        const averageGradient = mean(slots.averageGradient, gradient);
        next.averageGradient = averageGradient;
        spread = a.sub(velocity, a.square(averageGradient));
      }
      let step = a.div(a.mul(s.rate, gradient), a.sqrt(a.add(spread, s.epsilon)));
      if (withMomentum) {
        step = a.add(a.mul(s.beta, slots.momentum), step);
        next.momentum = step;
      }
      return { weight: a.sub(weight, step), slots: next as Record<Slot, E> };
    },
  };
  // The op always keeps a momentum. It has a centered form, where no factor makes up for the rounding of 1 − ρ.
  if (!withMomentum || centered) return rule;
  return {
    ...rule,
    tensorflow: {
      ops: [
        {
          op: 'ResourceApplyRMSProp',
          inputs: [
            ...['weight', 'velocity', 'momentum', 'nativeRate'],
            ...['rho', 'beta', 'nativeEpsilon', 'gradient'],
          ],
        },
      ],
      slotScales: { velocity: scale },
    },
  };
}
