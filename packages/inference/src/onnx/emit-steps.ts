// A cell run along a sequence by Scan: its step is a graph of its own.

import type { Cell } from '../graph/cell.js';
import { computed, type Constant } from '../graph/constant.js';
import type { Activation } from '../graph/activation.js';
import type { RecurrentNode } from '../graph/node.js';
import { activate } from './emit-activation.js';
import type { Emission } from './emission.js';
import type { Wanted } from './emit-recurrent.js';
import type { OnnxGraph } from './onnx-graph.js';
import { dataTypes, type ValueInfoMessage } from './protocol.js';

export function emitSteps({ onnx, layouts }: Emission, node: RecurrentNode, wanted: Wanted): void {
  const { cell, masked, backwards, output } = node;
  const [x, kernel, recurrent, biases, ...others] = node.inputs as [string, string, string, string, ...string[]]; // prettier-ignore
  const constant = (name: string) => layouts.constant(name) as Constant;
  const name = (what: string) => `${output}/${what}`;
  const ofInput = onnx.weight(`${biases}/input`, rowOf(constant(biases), 0));
  const product = onnx.node('MatMul', [layouts.last(x), onnx.kernel(kernel, constant(kernel), 1)], name('product')); // prettier-ignore
  const projected = onnx.node('Add', [product, ofInput], name('projected'));
  const given = (masked ? others.slice(1) : others).map((state) => layouts.last(state));
  const [units] = constant(recurrent).shape as [number];
  const count = cell.kind === 'lstm' ? 2 : 1;
  const begun = given.length > 0 ? given : Array<string>(count).fill(zeros(onnx, projected, units, output)); // prettier-ignore
  const sequences = [projected];
  if (masked) {
    const counts = onnx.node('Greater', [layouts.last(others[0] as string), onnx.scalar(0)], name('counts')); // prettier-ignore
    sequences.push(onnx.node('Unsqueeze', [counts, onnx.integers([-1])], name('mask')));
  }

  const body = onnx.inner();
  const old = begun.map((_, i) => name(`old_${i}`));
  const [input, mask] = [name('input'), masked ? name('step_mask') : undefined];
  const products = partsOf(cell, constant(recurrent), constant(biases)).map((part, i) => ({
    kernel: onnx.kernel(`${recurrent}/${cell.kind}_${i}`, part.kernel, 1),
    bias: onnx.weight(`${biases}/${cell.kind}_${i}`, part.bias),
  }));
  const fresh = stepOf(body, cell, products, input, old, name('step'));
  const kept = fresh.map((state, i) =>
    mask ? body.node('Where', [mask, state, old[i]], name(`kept_${i}`)) : state,
  );
  const outputOfStep = body.node('Identity', [kept[0] as string], name('output_of_step'));
  const float = (each: string) => info(each, 'float32');
  const graph = {
    ...{ node: body.nodes, name: name('step') },
    input: [...old.map(float), float(input), ...(mask ? [info(mask, 'bool')] : [])],
    output: [...kept, outputOfStep].map(float),
  };
  const after = [wanted.output, wanted.carry].slice(0, count);
  const outputs = [...after, wanted.outputs].map((each, i) => each ?? name(`after_${i}`));
  const direction = backwards ? 1 : 0;
  onnx.nodeOf('Scan', [...begun, ...sequences], outputs, {
    ...{ body: { graph }, num_scan_inputs: sequences.length },
    scan_input_axes: sequences.map(() => 1),
    scan_input_directions: sequences.map(() => direction),
    ...{ scan_output_axes: [1], scan_output_directions: [direction] },
  });
}

/** [batch, units], of as many examples as `x` [batch, …] has. */
function zeros(onnx: OnnxGraph, x: string, units: number, output: string): string {
  const batch = onnx.node('Shape', [x], `${output}/batch`, { start: 0, end: 1 });
  const shape = onnx.node('Concat', [batch, onnx.integers([units])], `${output}/shape`, {
    axis: 0,
  });
  return onnx.node('Expand', [onnx.scalar(0), shape], `${output}/zeros`);
}

function rowOf({ shape, read }: Constant, row: number): Constant {
  const length = shape[1] as number;
  const part = (values: Float32Array) => values.slice(row * length, (row + 1) * length);
  return { shape: [length], read: async () => part(await read()) };
}

/** What the last output is multiplied by at once: of a GRU the gates' part and the candidate's, which has to wait for it. */
function partsOf({ kind }: Cell, kernel: Constant, biases: Constant) {
  const bias = rowOf(biases, 1);
  if (kind !== 'gru') return [{ kernel, bias }];
  const [units] = kernel.shape as [number];
  return [
    { kernel: columnsOf(kernel, 0, 2 * units), bias: columnsOf(bias, 0, 2 * units) },
    { kernel: columnsOf(kernel, 2 * units, units), bias: columnsOf(bias, 2 * units, units) },
  ];
}

/** `count` along the last axis. */
function columnsOf(constant: Constant, first: number, count: number): Constant {
  const all = constant.shape.at(-1) as number;
  return computed([...constant.shape.slice(0, -1), count], [constant], (values) => (i) =>
    values[Math.floor(i / count) * all + first + (i % count)] as number,
  ); // prettier-ignore
}

function info(name: string, type: 'float32' | 'bool'): ValueInfoMessage {
  return { name, type: { tensorType: { elemType: dataTypes[type] } } };
}

interface Product {
  readonly kernel: string;
  readonly bias: string;
}

/** Adds a step, and gives the names of the states after it. */
function stepOf(
  body: OnnxGraph,
  cell: Cell,
  products: readonly Product[],
  x: string,
  [h, c]: readonly string[],
  name: string,
): string[] {
  const add = (op: string, inputs: readonly (string | undefined)[], what: string) =>
    body.node(op, inputs, `${name}/${what}`);
  const apply = (activation: Activation | undefined, value: string, what: string) => {
    if (!activation) return value;
    activate(body, activation, value, `${name}/${what}`);
    return `${name}/${what}`;
  };
  const split = (value: string, count: number, what: string) => {
    const parts = Array.from({ length: count }, (_, i) => `${name}/${what}_${i}`);
    body.nodeOf('Split', [value], parts, { axis: -1, num_outputs: count });
    return parts as [string, string, string, string];
  };
  const product = (value: string | undefined, i: number) => {
    const { kernel, bias } = products[i] as Product;
    return add('Add', [add('MatMul', [value, kernel], `product_${i}`), bias], `last_${i}`);
  };
  const { activation } = cell;
  switch (cell.kind) {
    case 'simple':
      return [apply(activation, add('Add', [x, product(h, 0)], 'sum'), 'new')];
    case 'lstm': {
      const [i, f, candidate, o] = split(add('Add', [x, product(h, 0)], 'sum'), 4, 'part');
      const bent = apply(activation, candidate, 'candidate');
      const fresh = add('Mul', [apply(cell.gate, i, 'input_gate'), bent], 'fresh');
      const kept = add('Mul', [apply(cell.gate, f, 'forget_gate'), c], 'kept');
      const carry = add('Add', [kept, fresh], 'carry');
      const output = [apply(cell.gate, o, 'output_gate'), apply(activation, carry, 'bent')];
      return [add('Mul', output, 'new'), carry];
    }
    case 'gru': {
      const [xz, xr, xh] = split(x, 3, 'x');
      const [hz, hr] = split(product(h, 0), 2, 'h');
      const z = apply(cell.gate, add('Add', [xz, hz], 'update_sum'), 'update');
      const r = apply(cell.gate, add('Add', [xr, hr], 'reset_sum'), 'reset');
      const inner = cell.resetAfter
        ? add('Mul', [r, product(h, 1)], 'inner')
        : product(add('Mul', [r, h], 'kept'), 1);
      const candidate = apply(activation, add('Add', [xh, inner], 'candidate_sum'), 'candidate');
      const change = add('Mul', [z, add('Sub', [h, candidate], 'difference')], 'change');
      return [add('Add', [candidate, change], 'new')];
    }
  }
}
