// An update rule's operations as nodes of a graph, for rules that TensorFlow has no op of its own for.

import type { Algebra } from '@graftjs/core';
import type { GraphBuilder } from './graph-builder.js';

export function graphAlgebra(graph: GraphBuilder, dtype: number): Algebra<string> {
  const node =
    (op: string) =>
    (...inputs: string[]): string =>
      graph.add(op, inputs, { T: { type: dtype } });
  return {
    add: node('AddV2'),
    sub: node('Sub'),
    mul: node('Mul'),
    div: node('RealDiv'),
    square: node('Square'),
    sqrt: node('Sqrt'),
  };
}
