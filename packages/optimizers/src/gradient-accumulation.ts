// One update for several steps: their gradients are summed in a slot meanwhile.

import type { StepPhase, UpdateRule } from '@graftjs/core';
import { withoutNative } from './without-native.js';

const SLOT = 'gradientAccumulator';

/** The rule of a phase, with the slot; an update takes the sum by {@link accumulatedGradient}. */
export function accumulating(rule: UpdateRule, phase: StepPhase): UpdateRule {
  return {
    ...withoutNative(rule),
    name: `${rule.name} ${phase === 'update' ? 'of' : 'waiting for'} accumulated gradients`,
    slots: [...rule.slots, SLOT],
    update<E>(...[a, inputs]: Parameters<typeof rule.update<E>>) {
      const slots = inputs.slots as Record<string, E>;
      const sum = slots[SLOT] as E;
      if (phase === 'accumulate') {
        return {
          weight: inputs.weight,
          slots: { ...slots, [SLOT]: a.add(sum, inputs.gradient) },
        };
      }
      const next = rule.update(a, inputs);
      return { weight: next.weight, slots: { ...next.slots, [SLOT]: a.zerosLike(sum) } };
    },
  };
}

/** The slots of a variable, with the sum of its gradients before this step. */
export function accumulatedGradient<E>(slots: Readonly<Record<string, E>>): E {
  return slots[SLOT] as E;
}
