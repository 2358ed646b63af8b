// What runs a graph.

import type { Tensor } from '@tensorflow/tfjs-core';

export interface Engine {
  /** One tensor for each of the graph's outputs, the caller's to dispose; the inputs stay as they are. */
  run(inputs: readonly Tensor[]): Promise<Tensor[]>;
  dispose(): void | Promise<void>;
}
