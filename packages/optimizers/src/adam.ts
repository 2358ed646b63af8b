// Adam: steps scaled by running estimates of the gradient's first and second moment; and AMSGrad.

import type { Algebra, ElementwiseRule, Rate, RuleInputs } from '@graftjs/core';
import { checkDecays, checkPositive } from './checks.js';
import { momentumOver, type MomentumAt } from './momentum.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001. */
export interface AdamOptions extends OptimizerOptions {
  /** Decay of the first moment, in [0, 1); default 0.9. A number, or a schedule over the steps made so far. */
  beta1?: Rate;
  /** Decay of the second moment, in [0, 1); default 0.999. */
  beta2?: number;
  /** Above 0; default 1e-7, as in Keras (torch: 1e-8). */
  epsilon?: number;
  /** Divides by the root of the largest second moment so far; default false. */
  amsgrad?: boolean;
}

/**
 * Adam, as Keras computes it at update t = 1, 2, …:
 *
 *     m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
 *     w ← w − η·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m/(√v + ε)
 *
 * and with `amsgrad` v̂ ← max(v̂, v) in the place of v. ε is added to √v before the bias correction ("epsilon hat" of the
 * paper, section 2); torch adds it after.
 *
 * Source: Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization"; Reddi, Kale and Kumar 2018, "On the
 * Convergence of Adam and Beyond".
 *
 * @throws GraftError for a β outside [0, 1) or an ε that is not above 0
 * @example
 * model.compile({ optimizer: new Adam({ learningRate: 1e-3 }), loss: 'meanSquaredError' });
 */
export class Adam extends SimpleOptimizer {
  /** A name of our own: tfjs-layers would find its own optimizer under `Adam`. */
  static readonly className = 'GraftAdam';

  constructor({
    learningRate = 0.001,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
    amsgrad = false,
    ...options
  }: AdamOptions = {}) {
    const own = { beta1, beta2, epsilon, amsgrad };
    const beta1At = momentumOver({ beta1 }, options);
    super(adamRule({ ...own, beta1At }), own, { learningRate, ...options });
  }
}

type Slot = 'momentum' | 'velocity' | 'velocityHat';
type Scalar =
  | ('beta1' | 'beta2' | 'fresh1' | 'fresh2' | 'step' | 'epsilon')
  | ('nativeStep' | 'nativeEpsilon' | 'zero');

interface AdamSettings extends Required<Omit<AdamOptions, keyof OptimizerOptions | 'beta1'>> {
  readonly beta1At: MomentumAt;
}

/** @throws GraftError for settings that are none */
export function adamRule({
  beta1At,
  beta2,
  epsilon,
  amsgrad,
}: AdamSettings): ElementwiseRule<Slot, Scalar> {
  checkDecays({ beta2 });
  checkPositive({ epsilon });
  // TensorFlow's op computes 1 − β₂ in float32, which for 0.999 is off by 1.3e-5. As the velocity starts from zero, all
  // of it is off by that factor, which the step and ε can make up for exactly.
  const scale = (1 - Math.fround(beta2)) / (1 - beta2);
  const slots: Slot[] = ['momentum', 'velocity', ...(amsgrad ? (['velocityHat'] as const) : [])];
  return {
    name: amsgrad ? 'AMSGrad' : 'Adam',
    elementwise: true,
    slots,
    scalars(rate, update, age) {
      const beta1 = beta1At(update);
      const step = (rate * Math.sqrt(1 - beta2 ** age)) / (1 - beta1 ** age);
      return {
        ...{ beta1, beta2, fresh1: 1 - beta1, fresh2: 1 - beta2, step, epsilon },
        nativeStep: step * Math.sqrt(scale),
        nativeEpsilon: epsilon * Math.sqrt(scale),
        zero: 0,
      };
    },
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars: s }: RuleInputs<E, Slot, Scalar>) {
      const momentum = a.add(a.mul(s.beta1, slots.momentum), a.mul(s.fresh1, gradient));
      const velocity = a.add(a.mul(s.beta2, slots.velocity), a.mul(s.fresh2, a.square(gradient)));
      const velocityHat = amsgrad ? a.maximum(slots.velocityHat, velocity) : velocity;
      const descent = a.div(a.mul(s.step, momentum), a.add(a.sqrt(velocityHat), s.epsilon));
      return { weight: a.sub(weight, descent), slots: { momentum, velocity, velocityHat } };
    },
    tensorflow: {
      ops: [
        {
          op: amsgrad ? 'ResourceApplyAdamWithAmsgrad' : 'ResourceApplyAdam',
          // With both powers of β at zero the op corrects nothing: the correction is in the step, from float64.
          inputs: [
            ...['weight', ...slots, 'zero', 'zero', 'nativeStep'],
            ...['beta1', 'beta2', 'nativeEpsilon', 'gradient'],
          ],
        },
      ],
      slotScales: { velocity: scale, velocityHat: scale },
    },
  };
}
