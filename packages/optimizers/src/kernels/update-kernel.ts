// The kernel that makes one update of one variable, as optimizers ask for it. Backends provide it in provide-kernel.ts.

import * as tf from '@tensorflow/tfjs-core';
import type { UpdateRule } from '@graftjs/core';

/**
 * Inputs `weight`, `gradient` and, by their names, the slots, all float32 of one shape. Outputs the new weight and the new
 * slots, in the rule's order. The kernel may reuse the memory of a weight and of slots that nobody else holds.
 */
export const KERNEL = 'GraftUpdate';

/** What the kernel is told besides tensors. The registry of tfjs types only plain values. */
export interface UpdateAttributes {
  readonly rule: UpdateRule;
  /** Those that the rule names. */
  readonly scalars: Readonly<Record<string, number>>;
}

/** What stands in the registry: an app without a kernel does not pay for what makes one. */
export interface UpdateKernelConfig extends tf.KernelConfig {
  /** Whether the rule is one that the kernel can be. */
  accepts(rule: UpdateRule): boolean;
}

/** Whether the backend has a kernel that can be this rule. */
export function hasUpdateKernel(rule: UpdateRule): boolean {
  const provided = tf.getKernel(KERNEL, tf.getBackend()) as UpdateKernelConfig | undefined;
  return provided?.accepts(rule) ?? false;
}

/** The new weight and slots from the backend's kernel; see {@link hasUpdateKernel}. */
export function runUpdateKernel(
  rule: UpdateRule,
  tensors: Readonly<Record<string, tf.Tensor>>,
  scalars: Readonly<Record<string, number>>,
): tf.Tensor[] {
  const attributes: UpdateAttributes = { rule, scalars };
  return tf.engine().runKernel(KERNEL, { ...tensors }, attributes as unknown as tf.NamedAttrMap);
}
