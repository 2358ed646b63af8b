// Layers with several inputs.

import type { Value } from '../graph/graph-builder.js';
import { constantOf } from '../graph/constant.js';
import type { BinaryNode } from '../graph/node.js';
import { inputOf, type LayerCall, type Lowering } from './layer-call.js';

function folded(op: BinaryNode['op']): Lowering {
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

export const mergings: Readonly<Record<string, Lowering>> = {
  Add: folded('add'),
  Average: average,
  Concatenate: concatenate,
  CustomScaleLayer: customScale,
  Maximum: folded('max'),
  Minimum: folded('min'),
  Multiply: folded('mul'),
  RepeatVector: repeatVector,
  Subtract: folded('sub'),
};
