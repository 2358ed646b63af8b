// Stochastic gradient descent, plain, with momentum, and with Nesterov's look-ahead.

import { invalidArgument, type Algebra, type Rate, type UpdateRule } from '@graftjs/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { RuleOptimizer } from './rule-optimizer.js';

export interface SGDOptions {
  /** Default 0.01. */
  learningRate?: Rate;
  /** β in [0, 1); default 0, plain descent. */
  momentum?: number;
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
 * torch keeps the buffer without η and multiplies at the end: equal while the rate is constant.
 *
 * Source: Polyak 1964; Nesterov 1983; Sutskever et al. 2013, "On the importance of initialization and momentum".
 *
 * @throws GraftError for a momentum outside [0, 1), or Nesterov without momentum
 * @example
 * model.compile({ optimizer: new SGD({ learningRate: 0.01, momentum: 0.9 }), loss: 'meanSquaredError' });
 */
export class SGD extends RuleOptimizer {
  /** A name of our own: tfjs-layers would find its own optimizer under `SGD`. */
  static readonly className = 'GraftSGD';
  private readonly momentum: number;
  private readonly nesterov: boolean;

  constructor({ learningRate = 0.01, momentum = 0, nesterov = false }: SGDOptions = {}) {
    if (!(Number.isFinite(momentum) && momentum >= 0 && momentum < 1)) {
      throw invalidArgument('momentum', 'a number in [0, 1)', momentum);
    }
    if (nesterov && momentum === 0) {
      throw invalidArgument('momentum', 'above 0 where nesterov is true', momentum);
    }
    super(momentum === 0 ? plain : withMomentum(momentum, nesterov), learningRate);
    this.momentum = momentum;
    this.nesterov = nesterov;
  }

  override getConfig(): serialization.ConfigDict {
    return { learningRate: this.rateConfig(), momentum: this.momentum, nesterov: this.nesterov };
  }
}

const plain: UpdateRule<never, 'rate'> = {
  name: 'SGD',
  slots: [],
  scalars: (rate) => ({ rate }),
  update: (a, { weight, gradient, scalars }) => ({
    weight: a.sub(weight, a.mul(scalars.rate, gradient)),
    slots: {},
  }),
  tensorflow: { op: 'ResourceApplyGradientDescent', inputs: ['weight', 'rate', 'gradient'] },
};

function withMomentum(momentum: number, nesterov: boolean) {
  const rule: UpdateRule<'momentum', 'rate' | 'beta'> = {
    name: nesterov ? 'NesterovSGD' : 'MomentumSGD',
    slots: ['momentum'],
    scalars: (rate) => ({ rate, beta: momentum }),
    update<E>(
      a: Algebra<E>,
      { weight, gradient, slots, scalars }: Parameters<typeof rule.update<E>>[1],
    ) {
      const descent = a.mul(scalars.rate, gradient);
      const buffer = a.sub(a.mul(scalars.beta, slots.momentum), descent);
      const step = nesterov ? a.sub(a.mul(scalars.beta, buffer), descent) : buffer;
      return { weight: a.add(weight, step), slots: { momentum: buffer } };
    },
    tensorflow: {
      op: 'ResourceApplyKerasMomentum',
      inputs: ['weight', 'momentum', 'rate', 'gradient', 'beta'],
      attributes: { use_nesterov: nesterov },
    },
  };
  return rule;
}
