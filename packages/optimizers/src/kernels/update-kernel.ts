// The kernel that makes one update of one variable: its name, what it takes, and how an optimizer calls it.

import * as tf from '@tensorflow/tfjs-core';
import type { UpdateRule } from '@graftjs/core';
import type { Program } from './program.js';

/**
 * Inputs `weight`, `gradient` and, by their names, the slots, all float32 of one shape. Outputs the new weight and the new
 * slots, in the rule's order. The kernel may reuse the memory of a weight and of slots that nobody else holds.
 */
export const KERNEL = 'GraftUpdate';

/** A stage of WebGPU has at most eight storage buffers, and WebGL as many render targets. */
const MAX_SLOTS = 5;

/** What the kernel is told besides tensors. The registry of tfjs types only plain values. */
export interface UpdateAttributes {
  readonly program: Program;
  /** In the order of the program. */
  readonly scalars: readonly number[];
}

/**
 * A kernel in the registry brings the compiler of rules along, so that a page without kernels does not load it. It gives
 * undefined for a rule that no kernel can be.
 */
export interface UpdateKernelConfig extends tf.KernelConfig {
  readonly programOf: (rule: UpdateRule) => Program | undefined;
}

/** Whether the backend has a kernel, and the rule is one that a kernel can be. */
export function hasUpdateKernel(rule: UpdateRule): boolean {
  return rule.slots.length <= MAX_SLOTS && programOf(rule) !== undefined;
}

function programOf(rule: UpdateRule): Program | undefined {
  const config = tf.getKernel(KERNEL, tf.getBackend()) as UpdateKernelConfig | undefined;
  return config?.programOf(rule);
}

/** The new weight and slots from the backend's kernel; see {@link hasUpdateKernel}. */
export function runUpdateKernel(
  rule: UpdateRule,
  tensors: Readonly<Record<string, tf.Tensor>>,
  scalars: Readonly<Record<string, number>>,
): tf.Tensor[] {
  const program = programOf(rule) as Program;
  const attributes: UpdateAttributes = { program, scalars: program.scalars(scalars) };
  return tf.engine().runKernel(KERNEL, { ...tensors }, attributes as unknown as tf.NamedAttrMap);
}
