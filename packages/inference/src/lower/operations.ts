// Adds operations to the graph that are named after a layer.

import type { Activation, PlainActivation } from '../graph/activation.js';
import type { Value } from '../graph/graph-builder.js';
import type { BinaryNode, ReduceNode } from '../graph/node.js';
import type { Shape } from '../graph/shape.js';
import type { LayerCall } from './layer-call.js';

type Ends = readonly (readonly [number, number])[];

export function operationsOf({ graph, name }: Pick<LayerCall, 'graph' | 'name'>) {
  const at = (what: string) => `${name}/${what}`;
  const valueOf = (x: Value | number) => (typeof x === 'number' ? graph.scalar(at(`${x}`), x) : x);
  const binary = (op: BinaryNode['op']) => (a: Value | number, b: Value | number) =>
    graph.add(at(op), { op, inputs: [valueOf(a), valueOf(b)] });
  const reduce = (op: ReduceNode['op']) => (x: Value, axes: readonly number[], keepDims: boolean) =>
    graph.add(at(op), { op, inputs: [x], axes, keepDims });
  return {
    ...{ add: binary('add'), sub: binary('sub'), mul: binary('mul'), div: binary('div') },
    ...{ max: binary('max'), min: binary('min') },
    ...{ mean: reduce('reduceMean'), largest: reduce('reduceMax'), sum: reduce('reduceSum') },
    activation: (x: Value, activation: Activation | PlainActivation) =>
      graph.add(at('activation'), {
        ...{ op: 'activation', inputs: [x] },
        activation: typeof activation === 'string' ? { kind: activation } : activation,
      }),
    square: (x: Value) => graph.add(at('square'), { op: 'square', inputs: [x] }),
    sqrt: (x: Value) => graph.add(at('root'), { op: 'sqrt', inputs: [x] }),
    softmax: (x: Value, axis: number) =>
      graph.add(at('softmax'), { op: 'softmax', inputs: [x], axis }),
    matMul: (a: Value, b: Value) => graph.add(at('product'), { op: 'matMul', inputs: [a, b] }),
    dense: (x: Value, kernel: Value, bias?: Value) =>
      graph.add(at('dense'), { op: 'dense', inputs: [x, kernel, bias] }),
    /** The first length is the batch's. */
    reshape: (x: Value, [, ...lengths]: Shape) =>
      graph.add(at('reshaped'), { op: 'reshape', inputs: [x], shape: [null, ...lengths] }),
    transpose: (x: Value, order: readonly number[]) =>
      order.every((from, axis) => from === axis)
        ? x
        : graph.add(at('turned'), { op: 'transpose', inputs: [x], order }),
    concat: (inputs: readonly Value[], axis: number) =>
      graph.add(at('joined'), { op: 'concat', inputs, axis }),
    reverse: (x: Value, axis: number) =>
      graph.add(at('reversed'), { op: 'reverse', inputs: [x], axis }),
    crop: (x: Value, ends: Ends) =>
      isNothing(ends) ? x : graph.add(at('part'), { op: 'crop', inputs: [x], ends }),
    pad: (x: Value, ends: Ends, value = 0) =>
      isNothing(ends) ? x : graph.add(at('padded'), { op: 'pad', inputs: [x], ends, value }),
  };
}

function isNothing(ends: Ends): boolean {
  return ends.flat().every((length) => length === 0);
}
