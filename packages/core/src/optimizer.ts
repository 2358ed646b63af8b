// The contract between an optimizer that is driven by a rule and whoever runs its updates.

import type { Optimizer, Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Rate } from './schedule.js';
import type { UpdateRule } from './update-rule.js';

/**
 * A `tf.Optimizer` whose update is an {@link UpdateRule}. A compiled training step evaluates the rule itself, in its own
 * memory, and hands the slots back through `writeSlots`.
 */
export interface RuleDrivenOptimizer extends Optimizer {
  readonly rule: UpdateRule;
  learningRate: Rate;
  /** Counts one update and gives the scalars of its rule. */
  advance(): Record<string, number>;
  /** The slots of a variable, in the rule's order; made of zeros where there are none yet. */
  readSlots(variable: Variable): Tensor[];
  /** Takes over the values (and leaves the tensors to the caller). */
  writeSlots(variable: Variable, values: readonly Tensor[]): void;
}

/** True for the optimizers of Graft, false for those of tfjs-core. */
export function isRuleDriven(optimizer: Optimizer): optimizer is RuleDrivenOptimizer {
  return 'rule' in optimizer && 'advance' in optimizer;
}
