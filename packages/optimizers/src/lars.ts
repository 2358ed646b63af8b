// LARS: momentum with a rate for each variable in proportion to its weights; for large batches.

import type { Rate, RuleOutputs, TensorAlgebra, TensorRuleInputs, UpdateRule } from '@graftjs/core';
import { invalidArgument } from '@graftjs/core';
import { checkNotNegative, checkPositive } from './checks.js';
import { momentumOver, type MomentumAt } from './momentum.js';
import type { OptimizerOptions } from './options.js';
import { SimpleOptimizer } from './rule-optimizer.js';
import { momentumRule } from './sgd.js';
import { norm, whereBothPositive } from './trust-ratio.js';

/** `learningRate` defaults to 0.01. `weightDecay` is a part of the gradient here. */
export interface LARSOptions extends OptimizerOptions {
  /** μ in [0, 1); default 0.9. A number, or a schedule over the steps made so far. */
  momentum?: Rate;
  /** Default false. */
  nesterov?: boolean;
  /** τ above 0; default 0.001. */
  trustCoefficient?: number;
  /** ≥ 0; default 1e-8. */
  epsilon?: number;
}

/**
 * LARS, for each variable, with `weightDecay` λ:
 *
 *     d = τ·‖w‖/(‖g‖ + λ·‖w‖ + ε) · (g + λ·w)        m ← μ·m − η·d        w ← w + m
 *
 * and d = g where one of the norms is 0. Variables that do not decay (see `decays`), biases and the scales of
 * normalizations, have d = g, too. Keras has no LARS. torch-optimizer's holds m without η: equal while the rate is constant.
 *
 * Source: You, Gitman and Ginsburg 2017, "Large Batch Training of Convolutional Networks".
 *
 * @throws GraftError for a momentum outside [0, 1), Nesterov without momentum, or a τ that is not above 0
 * @example
 * model.compile({ optimizer: new LARS({ learningRate: 1, weightDecay: 1e-4 }), loss: 'meanSquaredError' });
 */
export class LARS extends SimpleOptimizer {
  static readonly className = 'GraftLARS';

  constructor({
    learningRate = 0.01,
    momentum = 0.9,
    nesterov = false,
    trustCoefficient = 0.001,
    epsilon = 1e-8,
    ...options
  }: LARSOptions = {}) {
    const momentumAt = momentumOver({ momentum }, options);
    checkPositive({ trustCoefficient });
    checkNotNegative({ epsilon });
    if (nesterov && momentum === 0)
      throw invalidArgument('momentum', 'above 0 where nesterov is true', momentum);
    const own = { momentum, nesterov, trustCoefficient, epsilon };
    super({ ownDecay: true, of: larsRules({ ...own, momentumAt }) }, own, {
      learningRate,
      ...options,
    });
  }
}

type Slot = 'momentum';
type Scalar = 'rate' | 'beta' | 'trust' | 'decay' | 'epsilon';
interface LARSSettings extends Required<Omit<LARSOptions, keyof OptimizerOptions | 'momentum'>> {
  readonly momentumAt: MomentumAt;
}

/** The rule of a variable by its weight decay; plain momentum for those that do not decay. */
function larsRules(
  own: LARSSettings,
): (variable: unknown, decay: number | undefined) => UpdateRule {
  const plain = momentumRule(own.momentumAt, own.nesterov);
  const made = new Map<number, UpdateRule>();
  return (_, decay) => {
    if (decay === undefined) return plain;
    const rule = made.get(decay) ?? larsRule(own, decay);
    made.set(decay, rule);
    return rule;
  };
}

function larsRule(
  { momentumAt, nesterov, trustCoefficient, epsilon }: LARSSettings,
  decay: number,
): UpdateRule<Slot, Scalar> {
  const inner = momentumRule(momentumAt, nesterov);
  return {
    name: 'LARS',
    elementwise: false,
    slots: ['momentum'],
    scalars: (rate, update) => ({
      ...{ rate, beta: momentumAt(update) },
      ...{ trust: trustCoefficient, decay, epsilon },
    }),
    update<E>(
      a: TensorAlgebra<E>,
      inputs: TensorRuleInputs<E, Slot, Scalar>,
    ): RuleOutputs<E, Slot> {
      const { weight, gradient, scalars: s } = inputs;
      const norms = [norm(a, weight), norm(a, gradient)] as const;
      const [weightNorm, gradientNorm] = norms;
      const size = a.add(a.add(gradientNorm, a.mul(s.decay, weightNorm)), s.epsilon);
      const ratio = a.div(a.mul(s.trust, weightNorm), size);
      const scaled = a.mul(ratio, a.add(gradient, a.mul(s.decay, weight)));
      const direction = whereBothPositive(a, norms, scaled, gradient);
      return inner.update(a, { ...inputs, gradient: direction });
    },
  };
}
