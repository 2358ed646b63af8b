// How a backend provides its kernel of updates.

import * as tf from '@tensorflow/tfjs-core';
import { programOf } from './program.js';
import { KERNEL, type UpdateAttributes, type UpdateKernelConfig } from './update-kernel.js';

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
  const config: UpdateKernelConfig = {
    ...{ kernelName: KERNEL, backendName, programOf },
    kernelFunc({ inputs, backend, attrs }) {
      const attributes = attrs as unknown as UpdateAttributes;
      const tensors = attributes.program.inputs.map((name) => inputs[name] as tf.TensorInfo);
      return kernel(backend as Backend, attributes, tensors);
    },
  };
  tf.registerKernel(config);
}
