// How a backend provides the update kernel: as a function of a rule's program and its tensors.

import * as tf from '@tensorflow/tfjs-core';
import { UPDATE_KERNEL, type UpdateAttributes, type UpdateKernelConfig } from '@graftjs/core';
import { programOf, type Program } from './program.js';

/** A stage of WebGPU has at most eight storage buffers, and WebGL as many render targets. */
const MAX_SLOTS = 5;

/** A program with its scalars, in its order. */
export interface Update {
  readonly program: Program;
  readonly scalars: readonly number[];
}

/** One update, given a program and its tensors in the program's order of inputs. */
export type UpdateKernel<Backend> = (
  backend: Backend,
  update: Update,
  inputs: readonly tf.TensorInfo[],
) => tf.TensorInfo[];

/** Registers a backend's kernel, once; optimizers use it from then on, while the backend is one that it works on. */
export function provideUpdateKernel<Backend>(
  backendName: string,
  kernel: UpdateKernel<Backend>,
  works: () => boolean = () => true,
): void {
  if (tf.getKernel(UPDATE_KERNEL, backendName)) return;
  const config: UpdateKernelConfig = {
    kernelName: UPDATE_KERNEL,
    backendName,
    accepts: (rule) => works() && rule.slots.length <= MAX_SLOTS && programOf(rule) !== undefined,
    kernelFunc({ inputs, backend, attrs }) {
      const { rule, scalars } = attrs as unknown as UpdateAttributes;
      const program = programOf(rule) as Program;
      const tensors = program.inputs.map((name) => inputs[name] as tf.TensorInfo);
      return kernel(backend as Backend, { program, scalars: program.scalars(scalars) }, tensors);
    },
  };
  tf.registerKernel(config);
}
