// Layers with several inputs.

import type { Value } from '../graph/graph-builder.js';
import { constantOf } from '../graph/constant.js';
import type { BinaryNode } from '../graph/node.js';
import { axisFromFront } from '../graph/shape.js';
import { inputOf, type LayerCall, type Lowering } from './layer-call.js';
import { operationsOf } from './operations.js';

function folded(op: BinaryNode['op']): (call: LayerCall) => Value {
  return (call) => raised(call).reduce((a, b) => call.graph.add(call.name, { op, inputs: [a, b] }));
}

/** The inputs in one rank: further dimensions stand after the batch. */
function raised(call: LayerCall): readonly Value[] {
  const rank = Math.max(...call.inputs.map(({ shape }) => shape.length));
  return call.inputs.map((input) => {
    const missing = rank - input.shape.length;
    if (missing === 0) return input;
    const shape = [null, ...Array<number>(missing).fill(1), ...input.shape.slice(1)] as const;
    return call.graph.add(`${call.name}/raised`, { op: 'reshape', inputs: [input], shape });
  });
}

const average: Lowering = (call) => {
  const sum = folded('add')(call);
  const count = call.graph.scalar(`${call.name}/count`, call.inputs.length);
  return call.graph.add(`${call.name}/mean`, { op: 'div', inputs: [sum, count] });
};

const concatenate: Lowering = (call) =>
  call.graph.add(call.name, {
    ...{ op: 'concat', inputs: call.inputs, axis: Number(call.config.axis ?? -1) },
  });

/** A shortcut plus a scaled residual. */
const customScale: Lowering = (call) => {
  const [shortcut, residual] = call.inputs as [Value, Value];
  const channels = residual.shape.at(-1) as number;
  const factors = new Float32Array(channels).fill(Number(call.config.scale));
  const scale = call.graph.constant(`${call.name}/scale`, constantOf([channels], factors));
  const scaled = call.graph.add(`${call.name}/scaled`, { op: 'scaleShift', inputs: [residual, scale] }); // prettier-ignore
  return call.graph.add(call.name, { op: 'add', inputs: [shortcut, scaled] });
};

const repeatVector: Lowering = (call) => {
  const x = inputOf(call);
  const times = Number(call.config.n);
  const row = call.graph.add(`${call.name}/row`, { op: 'reshape', inputs: [x], shape: [null, 1, x.shape[1] ?? null] }); // prettier-ignore
  const inputs = Array<Value>(times).fill(row);
  return call.graph.add(call.name, { op: 'concat', inputs, axis: 1 });
};

/** Of vectors and sequences of them: Σ along an axis of each. */
const dot: Lowering = (call) => {
  const { transpose, reshape, matMul, sum, mul } = operationsOf(call);
  const [a, b] = call.inputs as [Value, Value];
  const setting = [call.config.axes].flat() as number[];
  const axes = [a, b].map(({ shape }, i) =>
    axisFromFront((setting[i] ?? setting[0]) as number, shape.length),
  );
  const [x, y] = [a, b].map((value, i) =>
    call.config.normalize === true ? normalized(call, value, axes[i] as number) : value,
  ) as [Value, Value];
  if (x.shape.length === 2 && y.shape.length === 2) return sum(mul(x, y), [1], true);
  // As matrices, with what is summed over last in the first and second to last in the other one.
  const rows = (value: Value) =>
    value.shape.length === 2 ? reshape(value, [null, 1, value.shape[1] ?? null]) : value;
  const left = axes[0] === 1 && x.shape.length === 3 ? transpose(x, [0, 2, 1]) : rows(x);
  const turned = y.shape.length === 2 ? reshape(y, [null, y.shape[1] ?? null, 1]) : y;
  const right = axes[1] === 2 ? transpose(turned, [0, 2, 1]) : turned;
  const product = matMul(left, right);
  if (x.shape.length === y.shape.length) return product;
  return reshape(product, [
    null,
    (x.shape.length === 3 ? product.shape[1] : product.shape[2]) ?? null,
  ]);
};

/** x / √max(Σ x², ε) along the axis. */
function normalized(call: LayerCall, x: Value, axis: number): Value {
  const { square, sum, max, sqrt, div } = operationsOf(call);
  return div(x, sqrt(max(sum(square(x), [axis], true), 1e-7)));
}

export const mergings: Readonly<Record<string, Lowering>> = {
  Add: folded('add'),
  Average: average,
  Concatenate: concatenate,
  CustomScaleLayer: customScale,
  Dot: dot,
  Maximum: folded('max'),
  Minimum: folded('min'),
  Multiply: folded('mul'),
  RepeatVector: repeatVector,
  Subtract: folded('sub'),
};
