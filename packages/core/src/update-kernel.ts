// The kernel that makes one update of one variable, as optimizers ask for it in tfjs's registry and backends provide it.

import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { UpdateRule } from './update-rule.js';

/**
 * Inputs `weight`, `gradient` and, by their names, the slots, all float32 of one shape. Outputs the new weight and the new
 * slots, in the rule's order. The kernel may reuse the memory of a weight and of slots that nobody else holds.
 */
export const UPDATE_KERNEL = 'GraftUpdate';

/** What the kernel is told besides tensors. The registry of tfjs types only plain values. */
export interface UpdateAttributes {
  readonly rule: UpdateRule;
  /** Those that the rule names: the same object for all variables that a step updates by this rule. */
  readonly scalars: Readonly<Record<string, number>>;
}

/** What stands in the registry: an app without a kernel does not pay for what makes one. */
export interface UpdateKernelConfig extends KernelConfig {
  /** Whether the rule is one that the kernel can be. */
  accepts(rule: UpdateRule): boolean;
}
