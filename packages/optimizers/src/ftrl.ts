// Ftrl: follow the regularized leader, for sparse weights in large linear models.

import {
  invalidArgument,
  type Algebra,
  type ElementwiseRule,
  type RuleInputs,
} from '@graftjs/core';
import { checkNotNegative } from './checks.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';

/** `learningRate` defaults to 0.001. */
export interface FtrlOptions extends OptimizerOptions {
  /** p ≤ 0; default −0.5. */
  learningRatePower?: number;
  /** What the sums of squares start from, ≥ 0; default 0.1. */
  initialAccumulatorValue?: number;
  /** λ₁ ≥ 0; default 0. */
  l1RegularizationStrength?: number;
  /** λ₂ ≥ 0; default 0. */
  l2RegularizationStrength?: number;
  /** λₛ ≥ 0, a penalty on the weight's size that acts through the gradient; default 0. */
  l2ShrinkageRegularizationStrength?: number;
  /** β ≥ 0 of the paper; default 0. */
  beta?: number;
}

/**
 * FTRL-proximal, as Keras computes it:
 *
 *     n' = n + g²        z ← z + g + 2·λₛ·w − (n'⁻ᵖ − n⁻ᵖ)/η · w        n ← n'
 *     w ← (clip(z, −λ₁, λ₁) − z) / (n⁻ᵖ/η + 2·λ₂ + β/η)
 *
 * The weight is made of z alone: what was there before the first update is forgotten but for its part in z.
 *
 * Source: McMahan et al. 2013, "Ad Click Prediction: a View from the Trenches".
 *
 * @throws GraftError for a power above 0, or anything else below
 * @example
 * model.compile({ optimizer: new Ftrl({ learningRate: 0.1, l1RegularizationStrength: 1e-3 }), loss: 'meanSquaredError' });
 */
export class Ftrl extends SimpleOptimizer {
  static readonly className = 'GraftFtrl';

  constructor({
    learningRate = 0.001,
    learningRatePower = -0.5,
    initialAccumulatorValue = 0.1,
    l1RegularizationStrength = 0,
    l2RegularizationStrength = 0,
    l2ShrinkageRegularizationStrength = 0,
    beta = 0,
    ...options
  }: FtrlOptions = {}) {
    if (!(Number.isFinite(learningRatePower) && learningRatePower <= 0))
      throw invalidArgument('learningRatePower', 'a finite number ≤ 0', learningRatePower);
    const strengths = {
      ...{ initialAccumulatorValue, l1RegularizationStrength, l2RegularizationStrength },
      ...{ l2ShrinkageRegularizationStrength, beta },
    };
    checkNotNegative(strengths);
    const own = { learningRatePower, ...strengths };
    super(ftrlRule(own), own, { learningRate, ...options });
  }
}

type Slot = 'accumulator' | 'linear';
type Scalar =
  | ('rate' | 'inverseRate' | 'power' | 'nativePower' | 'l1' | 'minusL1')
  | ('l2' | 'twiceL2' | 'shrinkage' | 'twiceShrinkage');

function ftrlRule(
  own: Required<Omit<FtrlOptions, keyof OptimizerOptions>>,
): ElementwiseRule<Slot, Scalar> {
  const { learningRatePower, l1RegularizationStrength: l1, beta } = own;
  const { l2RegularizationStrength, l2ShrinkageRegularizationStrength: shrinkage } = own;
  const isRoot = learningRatePower === -0.5;
  return {
    name: 'Ftrl',
    elementwise: true,
    slots: ['accumulator', 'linear'],
    initial: { accumulator: own.initialAccumulatorValue },
    scalars(rate) {
      const l2 = l2RegularizationStrength + beta / (2 * rate);
      return {
        ...{ rate, inverseRate: 1 / rate, power: -learningRatePower, l1, minusL1: -l1, l2 },
        ...{ twiceL2: 2 * l2, shrinkage, twiceShrinkage: 2 * shrinkage },
        nativePower: learningRatePower,
      };
    },
    update<E>(a: Algebra<E>, { weight, gradient, slots, scalars: s }: RuleInputs<E, Slot, Scalar>) {
      const accumulator = a.add(slots.accumulator, a.square(gradient));
      const raised = (value: E): E => (isRoot ? a.sqrt(value) : a.pow(value, s.power));
      const power = raised(accumulator);
      const growth = a.mul(a.sub(power, raised(slots.accumulator)), s.inverseRate);
      const shrunk = a.add(gradient, a.mul(s.twiceShrinkage, weight));
      const linear = a.add(slots.linear, a.sub(shrunk, a.mul(growth, weight)));
      const quadratic = a.add(a.mul(power, s.inverseRate), s.twiceL2);
      const clipped = a.maximum(a.minimum(linear, s.l1), s.minusL1);
      return {
        weight: a.div(a.sub(clipped, linear), quadratic),
        slots: { accumulator, linear },
      };
    },
    tensorflow: {
      ops: [
        {
          op: 'ResourceApplyFtrlV2',
          inputs: [
            ...['weight', 'accumulator', 'linear', 'gradient', 'rate'],
            ...['l1', 'l2', 'shrinkage', 'nativePower'],
          ],
        },
      ],
    },
  };
}
