// Cells run along a sequence, by ONNX's own operators where these have all that the cell does, else step by step.

import { computed, type Constant } from '../graph/constant.js';
import type { Activation } from '../graph/activation.js';
import { type Cell, gatesOf } from '../graph/cell.js';
import type { GraphNode, RecurrentNode } from '../graph/node.js';
import type { Emission } from './emission.js';
import { emitSteps } from './emit-steps.js';
import { permuted } from './permuted.js';

const operators = { simple: 'RNN', gru: 'GRU', lstm: 'LSTM' } as const;

/** Which part of Keras's kernels is each of ONNX's: i, o, f, c̃ of i, f, c̃, o. */
const partsOf = { simple: [0], gru: [0, 1, 2], lstm: [0, 3, 1, 2] } as const;

/** All that nodes want of the same run: one node of ONNX gives it. */
export type Wanted = Partial<Record<RecurrentNode['gives'], string>>;

export function emitRecurrent(emission: Emission, node: RecurrentNode): void {
  const alike = emission.graph.nodes.filter((each) => isSameRun(each, node));
  if (alike[0] !== node) return;
  const wanted: Wanted = Object.fromEntries(alike.map(({ gives, output }) => [gives, output]));
  const activations = activationsOf(node.cell).map(named);
  if (!node.masked && activations.every((each) => each !== undefined)) {
    emitOperator(emission, node, activations, wanted);
  } else {
    emitSteps(emission, node, wanted);
  }
  for (const { output } of alike) emission.layouts.give(output, false);
}

function isSameRun(node: GraphNode, other: RecurrentNode): node is RecurrentNode {
  const keyOf = ({ inputs, cell, backwards, masked }: RecurrentNode) =>
    JSON.stringify({ inputs, cell, backwards, masked });
  return node.op === 'recurrent' && keyOf(node) === keyOf(other);
}

/** Sequences come and go as [steps, batch, …], and everything has an axis for directions. */
function emitOperator(
  { onnx, layouts }: Emission,
  { inputs, cell, backwards, output }: RecurrentNode,
  activations: readonly Named[],
  wanted: Wanted,
): void {
  const [x, kernel, recurrent, biases, ...states] = inputs as readonly [
    ...[string, string, string, string],
    ...string[],
  ];
  const constant = (name: string) => layouts.constant(name) as Constant;
  const matrix = (name: string) =>
    onnx.kernel(`${name}/parts`, partsFirst(cell, permuted(constant(name), [1, 0])), 1);
  const bias = partsFirst(cell, permuted(constant(biases), [1, 0]));
  const direction = onnx.integers([0]);
  const begun = states.map((state, i) =>
    onnx.node('Unsqueeze', [layouts.last(state), direction], `${output}/begin_${i}`),
  );
  const given = [
    onnx.node('Transpose', [layouts.last(x)], `${output}/steps`, { perm: [1, 0, 2] }),
    ...[matrix(kernel), matrix(recurrent), onnx.weight(`${biases}/parts`, flat(bias))],
    ...[undefined, ...begun],
  ];
  const names = (['outputs', 'output', 'carry'] as const).map((gives) => wanted[gives]);
  const made = names.map((name) => (name === undefined ? '' : `${name}/made`));
  while (made.at(-1) === '') made.pop();
  onnx.nodeOf(operators[cell.kind], given, made, {
    hidden_size: constant(recurrent).shape[0] as number,
    direction: backwards ? 'reverse' : 'forward',
    activations: activations.map(({ name }) => name),
    ...lists(activations),
    ...(cell.kind === 'gru' && { linear_before_reset: cell.resetAfter ? 1 : 0 }),
  });
  const [outputs, ...after] = names;
  if (outputs !== undefined) {
    const sequence = onnx.node('Squeeze', [made[0], onnx.integers([1])], `${outputs}/sequence`);
    onnx.node('Transpose', [sequence], outputs, { perm: [1, 0, 2] });
  }
  for (const [i, name] of after.entries()) {
    if (name !== undefined) onnx.node('Squeeze', [made[i + 1], direction], name);
  }
}

/** In ONNX's order. */
function activationsOf(cell: Cell): (Activation | undefined)[] {
  if (cell.kind === 'simple') return [cell.activation];
  const { gate, activation } = cell;
  return cell.kind === 'gru' ? [gate, activation] : [gate, activation, activation];
}

/** As the operators call it, with what it takes of their lists of settings. */
interface Named {
  readonly name: string;
  readonly alpha?: number;
  readonly beta?: number;
}

function named(activation: Activation | undefined): Named | undefined {
  if (!activation) return { name: 'Affine', alpha: 1, beta: 0 };
  switch (activation.kind) {
    case 'relu':
      return { name: 'Relu' };
    case 'sigmoid':
      return { name: 'Sigmoid' };
    case 'tanh':
      return { name: 'Tanh' };
    case 'softsign':
      return { name: 'Softsign' };
    case 'softplus':
      return { name: 'Softplus' };
    case 'hardSigmoid':
      return { name: 'HardSigmoid', alpha: activation.alpha, beta: activation.beta };
    case 'leakyRelu':
      return { name: 'LeakyRelu', alpha: activation.alpha };
    case 'elu':
      return { name: 'Elu', alpha: activation.alpha };
    default:
      return undefined;
  }
}

function lists(activations: readonly Named[]) {
  const all = (setting: 'alpha' | 'beta') =>
    activations.map((each) => each[setting]).filter((value) => value !== undefined);
  const [alpha, beta] = [all('alpha'), all('beta')];
  return {
    ...(alpha.length > 0 && { activation_alpha: { floats: alpha } }),
    ...(beta.length > 0 && { activation_beta: { floats: beta } }),
  };
}

/** [parts · units, …] as [1, parts · units, …], with the parts in ONNX's order. */
function partsFirst({ kind }: Cell, rows: Constant): Constant {
  const [length, ...rest] = rows.shape as [number, ...number[]];
  const part = (length / gatesOf[kind]) * rest.reduce((a, b) => a * b, 1);
  return computed([1, length, ...rest], [rows], (values) => (i) => {
    const from = partsOf[kind][Math.floor(i / part)] as number;
    return values[from * part + (i % part)] as number;
  });
}

/** [1, parts · units, 2] as [1, 2 · parts · units], all of the first, then all of the second. */
function flat(biases: Constant): Constant {
  const { shape, read } = permuted(biases, [0, 2, 1]);
  const [, two, length] = shape as [number, number, number];
  return { shape: [1, two * length], read };
}
