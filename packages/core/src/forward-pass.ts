// The contract of a pass over many batches that trains nothing: how a backend may run the same computation again and again.

import type { Tensor, Variable } from '@tensorflow/tfjs-core';

/** Computes the same of each batch. */
export interface ForwardPass {
  /**
   * Gives what `compute` makes of the inputs, the caller's to dispose. It is run for the first batches, and may not be for
   * the others.
   */
  run(inputs: readonly Tensor[], compute: () => Tensor): Tensor;
  dispose(): void;
}

/** Makes a pass that a backend runs in its own, faster way; the variables may have other values from one run to the next. */
export type ForwardCompiler = (variables: readonly Variable[]) => ForwardPass;

const compilers = new Map<string, ForwardCompiler>();

/** Announces a compiler for a backend of tfjs; prediction and evaluation use it from then on. */
export function registerForwardCompiler(backendName: string, compiler: ForwardCompiler): void {
  compilers.set(backendName, compiler);
}

/** The compiler of a backend, if one was registered. */
export function forwardCompiler(backendName: string): ForwardCompiler | undefined {
  return compilers.get(backendName);
}
