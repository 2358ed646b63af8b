// The contract of what computes one node: prepared once, run for every batch.

import type { Tensor } from '@tensorflow/tfjs-core';
import type { GraphNode } from '../graph/node.js';

/** The graph's constants, each as what a kernel wants of it. */
export interface Weights {
  /** As a tensor, that of the same name each time; the store's to dispose. */
  tensor(name: string): Promise<Tensor>;
  shape(name: string): readonly number[];
  values(name: string): Promise<Float32Array>;
}

/** @param x the node's inputs that are no constants, in order; they stay as they are */
export type Run = (...x: Tensor[]) => Tensor;

/** A backend's own way to compute a node, or undefined where it has none. */
export type PrepareKernel = (node: GraphNode, weights: Weights) => Promise<Run> | undefined;
