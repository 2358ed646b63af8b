// The contract of data: an async iterable of batches whose number is known.

import type { Tensor } from '@tensorflow/tfjs-core';
import type { Resumable } from './resumable.js';

/**
 * One batch. All tensors have the batch as first axis: `xs` [batch, …features], `ys` [batch] or [batch, …],
 * `sampleWeights` [batch], by which the loss of each example counts. Who takes a batch from a dataset disposes it.
 */
export interface Batch {
  readonly xs: Tensor;
  readonly ys: Tensor;
  readonly sampleWeights?: Tensor;
}

/** The tensors of a batch, in the order xs, ys and, where there are any, sampleWeights; dispose them all by it. */
export function batchTensors({ xs, ys, sampleWeights }: Batch): Tensor[] {
  return sampleWeights ? [xs, ys, sampleWeights] : [xs, ys];
}

/**
 * Batches of one epoch. Each iteration is a fresh epoch (and may be shuffled anew); nothing needs to hold the whole
 * set in memory.
 *
 * To a run that is to go on after its end, a data set has to be {@link Resumable}. Its state, taken between two iterations,
 * decides what the next ones give: most often it is the number of the next epoch, and never a tensor. Where all iterations
 * give the same it is `null`.
 */
export interface Dataset extends AsyncIterable<Batch>, Partial<Resumable> {
  /** Number of batches in one epoch. */
  readonly batches: number;
  /** Number of examples in one epoch. */
  readonly examples: number;
}
