// The kernel that makes one update of one variable: its name, what it takes, and how a backend provides it.

import * as tf from '@tensorflow/tfjs-core';
import type { UpdateRule } from '@graftjs/core';
import { programOf, type Program } from './program.js';

/**
 * Inputs `weight`, `gradient` and, by their names, the slots, all float32 of one shape. Outputs the new weight and the new
 * slots, in the rule's order. The kernel may reuse the memory of a weight and of slots that nobody else holds.
 */
const KERNEL = 'GraftUpdate';

/** A stage of WebGPU has at most eight storage buffers, and WebGL as many render targets. */
const MAX_SLOTS = 5;

/** What the kernel is told besides tensors. The registry of tfjs types only plain values. */
export interface UpdateAttributes {
  readonly program: Program;
  /** In the order of the program. */
  readonly scalars: readonly number[];
}

/** One update, given a program and its tensors in the program's order of inputs. */
export type UpdateKernel<Backend> = (
  backend: Backend,
  attributes: UpdateAttributes,
  inputs: readonly tf.TensorInfo[],
) => tf.TensorInfo[];

/** Registers a backend's kernel, once; optimizers use it from then on. */
export function provideUpdateKernel<Backend>(
  backendName: string,
  kernel: UpdateKernel<Backend>,
): void {
  if (tf.getKernel(KERNEL, backendName)) return;
  tf.registerKernel({
    kernelName: KERNEL,
    backendName,
    kernelFunc({ inputs, backend, attrs }) {
      const attributes = attrs as unknown as UpdateAttributes;
      const tensors = attributes.program.inputs.map((name) => inputs[name] as tf.TensorInfo);
      return kernel(backend as Backend, attributes, tensors);
    },
  });
}

/** Whether the backend has a kernel, and the rule is one that a kernel can be. */
export function hasUpdateKernel(rule: UpdateRule): boolean {
  const provided = tf.getKernel(KERNEL, tf.getBackend()) !== undefined;
  return provided && rule.slots.length <= MAX_SLOTS && programOf(rule) !== undefined;
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
