// Numbers as categories: by their bins, and as vectors.

import { constantOf } from '../graph/constant.js';
import type { Value } from '../graph/graph-builder.js';
import { inputOf, type LayerCall, type Lowering } from './layer-call.js';
import { operationsOf } from './operations.js';

const categoryEncoding: Lowering = (call) =>
  encoded(call, inputOf(call), Number(call.config.numTokens));

const discretization: Lowering = (call) => {
  const { sum } = operationsOf(call);
  const boundaries = call.config.binBoundaries as number[];
  const x = inputOf(call);
  const bins = sum(reached(call, raised(call, x), boundaries), [x.shape.length], false);
  return call.config.outputMode === 'int' ? bins : encoded(call, bins, boundaries.length + 1);
};

/** [batch, …, 1] */
function raised(call: LayerCall, x: Value): Value {
  return operationsOf(call).reshape(x, [null, ...x.shape.slice(1), 1]);
}

/** Of [batch, …, 1] and a list, 1 where a number of the list is at most the value, else 0. */
function reached(call: LayerCall, x: Value, list: readonly number[]): Value {
  const { sub, activation } = operationsOf(call);
  const numbers = call.graph.constant(`${call.name}/bounds`, constantOf([list.length], Float32Array.from(list))); // prettier-ignore
  return sub(1, activation(sub(numbers, x), 'step'));
}

/** What lies between a number and the next one is that number, and down to −1 it is 0. */
function encoded(call: LayerCall, x: Value, depth: number): Value {
  const { mul, sub, sum, largest } = operationsOf(call);
  const rank = x.shape.length;
  const isOne = call.config.outputMode === 'oneHot' && rank > 1 && x.shape.at(-1) === 1;
  const given = isOne ? x : raised(call, x);
  const whole = Array.from({ length: depth }, (_, i) => i);
  // The last number of float32 that is greater than −1.
  const least = whole.map((i) => (i === 0 ? -1 + 2 ** -24 : i));
  const hot = mul(
    reached(call, given, least),
    sub(
      1,
      reached(
        call,
        given,
        whole.map((i) => i + 1),
      ),
    ),
  );
  switch (call.config.outputMode) {
    case 'oneHot':
      return hot;
    case 'count':
      return sum(hot, [rank - 1], false);
    default:
      return largest(hot, [rank - 1], false);
  }
}

export const categories: Readonly<Record<string, Lowering>> = {
  CategoryEncoding: categoryEncoding,
  Discretization: discretization,
};
