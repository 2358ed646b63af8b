// A model as a list of operations: what the engines run, and what is written to a file.

import type { Constant } from './constant.js';
import type { GraphNode } from './node.js';
import type { Shape } from './shape.js';

export interface GraphInput {
  readonly name: string;
  /** [null, …]: the batch may have any size. */
  readonly shape: Shape;
  readonly dtype: 'float32' | 'int32';
}

export interface InferenceGraph {
  readonly inputs: readonly GraphInput[];
  /** Names of values, in the model's order; one may be there twice, or be an input. */
  readonly outputs: readonly string[];
  /** Each after those whose outputs it takes. */
  readonly nodes: readonly GraphNode[];
  readonly constants: ReadonlyMap<string, Constant>;
  /** Of every input and of every node's output. */
  readonly shapes: ReadonlyMap<string, Shape>;
}
