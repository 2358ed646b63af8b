// Asks tfjs's registry for the backend's update kernel, and runs it. Backends provide it in provide-kernel.ts, or elsewhere.

import * as tf from '@tensorflow/tfjs-core';
import {
  UPDATE_KERNEL,
  type UpdateAttributes,
  type UpdateKernelConfig,
  type UpdateRule,
} from '@graftjs/core';

/** Whether the backend has a kernel that can be this rule. */
export function hasUpdateKernel(rule: UpdateRule): boolean {
  const provided = tf.getKernel(UPDATE_KERNEL, tf.getBackend()) as UpdateKernelConfig | undefined;
  return provided?.accepts(rule) ?? false;
}

/** The new weight and slots from the backend's kernel; see {@link hasUpdateKernel}. */
export function runUpdateKernel(
  rule: UpdateRule,
  tensors: Readonly<Record<string, tf.Tensor>>,
  scalars: Readonly<Record<string, number>>,
): tf.Tensor[] {
  const attributes: UpdateAttributes = { rule, scalars };
  return tf
    .engine()
    .runKernel(UPDATE_KERNEL, { ...tensors }, attributes as unknown as tf.NamedAttrMap);
}
