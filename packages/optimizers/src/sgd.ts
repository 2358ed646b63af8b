// Stochastic gradient descent, plain, with momentum, and with Nesterov's look-ahead.

import {
  invalidArgument,
  type Algebra,
  type ElementwiseRule,
  type Rate,
  type RuleInputs,
} from '@graftjs/core';
import { momentumOver, type MomentumAt } from './momentum.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.01. */
export interface SGDOptions extends OptimizerOptions {
  /** β in [0, 1); default 0, plain descent. A number, or a schedule over the steps made so far: `oneCycleMomentum`. */
  momentum?: Rate;
  /** Default false. */
  nesterov?: boolean;
}

/**
 * Gradient descent. With momentum β and rate η, as Keras computes it (its buffer holds −η·g, so that a changing rate
 * acts on new gradients only):
 *
 *     m ← β·m − η·g        w ← w + m              (momentum)
 *                          w ← w + β·m − η·g      (Nesterov)
 *
 * torch keeps the buffer without η and multiplies at the end: equal while the rate is constant, and otherwise with the
 * momentum βₜ·ηₜ/ηₜ₋₁ here (the momentum correction of Goyal et al. 2017).
 *
 * Source: Polyak 1964; Nesterov 1983; Sutskever et al. 2013, "On the importance of initialization and momentum".
 *
 * @throws GraftError for a momentum outside [0, 1), or Nesterov without momentum
 * @example
 * model.compile({ optimizer: new SGD({ learningRate: 0.01, momentum: 0.9 }), loss: 'meanSquaredError' });
 */
export class SGD extends SimpleOptimizer {
  /** A name of our own: tfjs-layers would find its own optimizer under `SGD`. */
  static readonly className = 'GraftSGD';

  constructor({
    learningRate = 0.01,
    momentum = 0,
    nesterov = false,
    ...options
  }: SGDOptions = {}) {
    const momentumAt = momentumOver({ momentum }, options);
    if (nesterov && momentum === 0) {
      throw invalidArgument('momentum', 'above 0 where nesterov is true', momentum);
    }
    const rule = momentum === 0 ? plain : momentumRule(momentumAt, nesterov);
    super(rule, { momentum, nesterov }, { learningRate, ...options });
  }
}

const plain: ElementwiseRule<never, 'rate'> = {
  name: 'SGD',
  elementwise: true,
  slots: [],
  scalars: (rate) => ({ rate }),
  update: (a, { weight, gradient, scalars }) => ({
    weight: a.sub(weight, a.mul(scalars.rate, gradient)),
    slots: {},
  }),
  tensorflow: {
    ops: [{ op: 'ResourceApplyGradientDescent', inputs: ['weight', 'rate', 'gradient'] }],
  },
};

type Slot = 'momentum';
type Scalar = 'rate' | 'beta';

export function momentumRule(
  momentumAt: MomentumAt,
  nesterov: boolean,
): ElementwiseRule<Slot, Scalar> {
  return {
    name: nesterov ? 'NesterovSGD' : 'MomentumSGD',
    elementwise: true,
    slots: ['momentum'],
    scalars: (rate, update) => ({ rate, beta: momentumAt(update) }),
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars }: RuleInputs<E, Slot, Scalar>) {
      const descent = a.mul(scalars.rate, gradient);
      const momentum = a.sub(a.mul(scalars.beta, slots.momentum), descent);
      const step = nesterov ? a.sub(a.mul(scalars.beta, momentum), descent) : momentum;
      return { weight: a.add(weight, step), slots: { momentum } };
    },
    tensorflow: {
      ops: [
        {
          op: 'ResourceApplyKerasMomentum',
          inputs: ['weight', 'momentum', 'rate', 'gradient', 'beta'],
          attributes: { use_nesterov: nesterov },
        },
      ],
    },
  };
}
