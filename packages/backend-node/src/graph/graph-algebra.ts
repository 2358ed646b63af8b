// An update rule's operations as nodes of a graph, for rules that TensorFlow has no op of its own for.

import type { TensorAlgebra } from '@graftjs/core';
import type { GraphBuilder } from './graph-builder.js';

interface Types {
  /** The binding's number of the dtype computed with. */
  readonly dtype: number;
  readonly int32: number;
}

export function graphAlgebra(graph: GraphBuilder, { dtype, int32 }: Types): TensorAlgebra<string> {
  const T = { T: { type: dtype } };
  const node =
    (op: string) =>
    (...inputs: string[]): string =>
      graph.add(op, inputs, T);
  const integers = (values: readonly number[]) =>
    graph.constant({ shape: [values.length], dtype: int32, values });
  const reshape = (a: string, shape: readonly number[]) =>
    graph.add('Reshape', [a, integers(shape)], { ...T, Tshape: { type: int32 } });
  const constant = (value: number) => graph.constant({ shape: [], dtype, values: [value] });
  return {
    add: node('AddV2'),
    sub: node('Sub'),
    mul: node('Mul'),
    div: node('RealDiv'),
    square: node('Square'),
    sqrt: node('Sqrt'),
    abs: node('Abs'),
    sign: node('Sign'),
    maximum: node('Maximum'),
    minimum: node('Minimum'),
    pow: node('Pow'),
    zerosLike: node('ZerosLike'),
    constant,
    sum(a, axes) {
      const attr = { ...T, Tidx: { type: int32 }, keep_dims: { b: axes !== undefined } };
      const value = axes ? a : reshape(a, [-1]);
      return graph.add('Sum', [value, integers(axes ?? [0])], attr);
    },
    reshape,
    matMul(a, b, transposeA = false, transposeB = false) {
      const flags = { transpose_a: { b: transposeA }, transpose_b: { b: transposeB } };
      return graph.add('MatMul', [a, b], { ...T, ...flags });
    },
    ifPositive(condition, a, b) {
      return graph.add('SelectV2', [graph.add('Greater', [condition, constant(0)], T), a, b], T);
    },
  };
}
