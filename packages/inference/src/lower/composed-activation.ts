// Activation functions that are several operations.

import type { Activation } from '../graph/activation.js';
import type { Value } from '../graph/graph-builder.js';
import { cannotLower, type LayerCall } from './layer-call.js';
import { operationsOf } from './operations.js';

type Operations = ReturnType<typeof operationsOf>;

const within = (end: number): Activation => ({ kind: 'clip', min: -end, max: end });

const functions: Readonly<Record<string, (x: Value, operations: Operations) => Value>> = {
  softmax: (x, { softmax }) => softmax(x, -1),
  graftHardShrink: (x, { mul, sub, activation }) => {
    const size = activation(x, { kind: 'leakyRelu', alpha: -1 });
    return mul(x, activation(sub(size, 0.5), 'step'));
  },
  graftHardSilu: (x, { mul, activation }) =>
    mul(x, activation(x, { kind: 'hardSigmoid', alpha: 1 / 6, beta: 0.5 })),
  graftLogSigmoid: (x, { mul, activation }) => mul(activation(mul(x, -1), 'softplus'), -1),
  graftSoftShrink: (x, { sub, activation }) => sub(x, activation(x, within(0.5))),
  graftSparsePlus: (x, { add, sub, mul, square, activation }) =>
    add(mul(square(add(activation(x, within(1)), 1)), 0.25), activation(sub(x, 1), 'relu')),
  graftSquareplus: (x, { add, mul, square, sqrt }) => mul(add(x, sqrt(add(square(x), 4))), 0.5),
  graftTanhShrink: (x, { sub, activation }) => sub(x, activation(x, 'tanh')),
};

/** The first half of the last axis times the sigmoid of the second. */
function gatedLinearUnit(call: LayerCall, x: Value): Value {
  const { crop, mul, activation } = operationsOf(call);
  const channels = x.shape.at(-1) ?? cannotLower(call, 'the number of its channels is not known');
  const half = Math.floor(channels / 2);
  const rest = x.shape.slice(1).map(() => [0, 0] as const);
  const part = (before: number) => crop(x, [...rest, [before, half - before]]);
  return mul(part(0), activation(part(half), 'sigmoid'));
}

/** By the names that layers give them. */
export const composedByName: Readonly<Record<string, (call: LayerCall, x: Value) => Value>> = {
  graftGlu: gatedLinearUnit,
  ...Object.fromEntries(
    Object.entries(functions).map(([name, make]) => [
      name,
      (call: LayerCall, x: Value) => make(x, operationsOf(call)),
    ]),
  ),
};
