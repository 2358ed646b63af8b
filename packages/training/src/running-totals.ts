// Totals over an epoch that are summed on the device and read only when somebody asks.

import * as tf from '@tensorflow/tfjs-core';
import type { Logs } from '@graftjs/core';
import type { Objective } from './objective.js';

export interface SavedTotals {
  readonly sum: tf.Tensor1D;
  readonly examples: number;
}

export class RunningTotals {
  private sum: tf.Tensor1D | undefined;
  private examples = 0;

  constructor(private readonly objective: Objective) {}

  /** Adds the totals of a batch, and disposes them. */
  add(totals: tf.Tensor1D, examples: number): void {
    const sum = this.sum ? (tf.add(this.sum, totals) as tf.Tensor1D) : tf.clone(totals);
    tf.dispose([this.sum ?? [], totals]);
    this.sum = sum;
    this.examples += examples;
  }

  /** Null where there are none. The tensor is the caller's. */
  save(): SavedTotals | null {
    const { sum, examples } = this;
    return sum ? { sum: tf.clone(sum), examples } : null;
  }

  /** Leaves the tensor to the caller. */
  restore(saved: SavedTotals | null): void {
    this.dispose();
    this.sum = saved ? tf.clone(saved.sum) : undefined;
    this.examples = saved?.examples ?? 0;
  }

  async read(): Promise<Logs> {
    const { examples } = this;
    return this.objective.summarise((await this.sum?.data()) ?? [], examples);
  }

  dispose(): void {
    this.sum?.dispose();
    this.sum = undefined;
    this.examples = 0;
  }
}
