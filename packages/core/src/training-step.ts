// The contract of a training step: what it computes, apart from how a backend runs it.

import type { Optimizer, Scalar, Tensor, Tensor1D, Variable } from '@tensorflow/tfjs-core';
import type { Batch } from './dataset.js';

/** A constraint on a variable, applied after every update. */
export interface ConstrainedVariable {
  readonly variable: Variable;
  readonly apply: (weight: Tensor) => Tensor;
}

/** The forward pass of a batch: the loss to descend, and `totals`, the loss times the examples, then the sums of each metric. */
export interface StepLoss {
  readonly loss: Scalar;
  readonly totals: Tensor1D;
}

/** What one step of training computes. */
export interface StepProgram {
  readonly optimizer: Optimizer;
  /** Variables that the optimizer updates. */
  readonly trainable: readonly Variable[];
  /** The other variables of the model: read, and written only by layers (moving statistics). */
  readonly states: readonly Variable[];
  readonly constraints: readonly ConstrainedVariable[];
  forward(batch: Batch): StepLoss;
}

/** A step that can be run. */
export interface TrainingStep {
  /** How the step runs; `reason` says why it is not compiled. */
  readonly engine: StepEngine;
  /** Trains on one batch and gives its totals; the caller disposes them. */
  run(batch: Batch): Tensor1D;
  /** Brings the model's variables and the optimizer's slots up to date. */
  synchronise(): void;
  dispose(): void;
}

export type StepEngine =
  { readonly name: 'graph' } | { readonly name: 'eager'; readonly reason: string };

/** Makes a step that a backend runs in its own, faster way. */
export type StepCompiler = (program: StepProgram) => TrainingStep;

const compilers = new Map<string, StepCompiler>();

/** Announces a compiler for a backend of tfjs; training uses it from then on. */
export function registerStepCompiler(backendName: string, compiler: StepCompiler): void {
  compilers.set(backendName, compiler);
}

/** The compiler of a backend, if one was registered. */
export function stepCompiler(backendName: string): StepCompiler | undefined {
  return compilers.get(backendName);
}
