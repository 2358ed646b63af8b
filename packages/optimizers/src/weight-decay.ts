// Decoupled weight decay: a rule that shrinks the weight before another rule updates it.

import type { NativeUpdates, UpdateRule } from '@graftjs/core';

/**
 * w ← w − η·λ·w, then the rule, whose gradient was taken before.
 *
 * Source: Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization".
 */
export function withWeightDecay(rule: UpdateRule, weightDecay: number): UpdateRule {
  return {
    ...rule,
    name: `${rule.name} with weight decay`,
    scalars: (rate, ...when) => ({ ...rule.scalars(rate, ...when), decay: rate * weightDecay }),
    update(a, inputs) {
      const { weight, scalars } = inputs;
      const decayed = a.sub(weight, a.mul(scalars.decay as typeof weight, weight));
      return rule.update(a, { ...inputs, weight: decayed });
    },
    ...(rule.tensorflow && { tensorflow: decayFirst(rule.tensorflow) }),
  };
}

function decayFirst(native: NativeUpdates): NativeUpdates {
  const decay = { op: 'ResourceApplyGradientDescent', inputs: ['weight', 'decay', 'value'] };
  return { ...native, ops: [decay, ...native.ops] };
}
