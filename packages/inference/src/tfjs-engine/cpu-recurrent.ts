// Recurrent layers on the backend 'cpu': step after step in plain numbers, without the operations of tfjs.

import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from '../graph/activation.js';
import { gatesOf, type Cell } from '../graph/cell.js';
import type { RecurrentNode } from '../graph/node.js';
import type { PrepareKernel, Run, Weights } from './kernel.js';
import { multiplyRows, packFilters } from './multiply-rows.js';

export const prepareRecurrentOnCpu: PrepareKernel = (node, weights) => {
  if (node.op !== 'recurrent') return undefined;
  const { cell } = node;
  const bend = numberFunction(cell.activation);
  const gate = cell.kind === 'simple' ? bend : numberFunction(cell.gate);
  return bend && gate ? prepare(node, { bend, gate }, weights) : undefined;
};

type NumberFunction = (x: number) => number;

interface Functions {
  readonly bend: NumberFunction;
  readonly gate: NumberFunction;
}

/** Undefined for those that are rare in cells. */
function numberFunction(activation: Activation | undefined): NumberFunction | undefined {
  switch (activation?.kind) {
    case undefined:
      return (x) => x;
    case 'tanh':
      return Math.tanh;
    case 'sigmoid':
      return (x) => 1 / (1 + Math.exp(-x));
    case 'relu':
      return (x) => (x < 0 ? 0 : x);
    case 'hardSigmoid':
      return (x) => Math.min(1, Math.max(0, activation.alpha * x + activation.beta));
    default:
      return undefined;
  }
}

/** Multiplies rows by a kernel, and adds its bias. */
type Product = (rows: Float32Array, count: number) => Float32Array;

/** Columns of a kernel as a product. */
function productOf(
  kernel: Float32Array,
  bias: Float32Array,
  [first, last]: readonly [number, number],
): Product {
  const [width, filters] = [bias.length, last - first];
  const columns = kernel.filter((_, i) => i % width >= first && i % width < last);
  const [packed, start] = [packFilters(columns, filters), bias.slice(first, last)];
  return (rows, count) => {
    const out = new Float32Array(count * filters);
    multiplyRows(rows, count, 0, { packed, start, out });
    return out;
  };
}

interface States {
  readonly h: Float32Array;
  /** Of an LSTM. */
  readonly c: Float32Array;
}

/** The states [batch, units] after a step, of those before it and of the parts of W x + b, which begin at `at(example)`. */
type Step = (x: Float32Array, at: (example: number) => number, batch: number, before: States) => States; // prettier-ignore

async function prepare(node: RecurrentNode, functions: Functions, weights: Weights): Promise<Run> {
  const { cell, masked, backwards, gives } = node;
  const [, kernelName, recurrentName, biasName] = node.inputs as [string, string, string, string];
  const [units, width] = weights.shape(recurrentName) as [number, number];
  const biases = await weights.values(biasName);
  const kernel = await weights.values(kernelName);
  const project = productOf(kernel, biases.slice(0, width), [0, width]);
  const last = (from: number, to: number) =>
    productOf(recurrent, biases.slice(width), [from * units, to * units]);
  const recurrent = await weights.values(recurrentName);
  const step = stepOf(cell, functions, units, last);
  return (x, ...others) => {
    const [batch, steps] = x.shape as [number, number];
    const [mask, begin] = masked ? [others[0]?.dataSync(), others.slice(1)] : [undefined, others];
    const inputs = project(x.dataSync() as Float32Array, batch * steps);
    const stateOf = (i: number) =>
      (begin[i]?.dataSync() as Float32Array | undefined) ?? new Float32Array(batch * units);
    let states: States = { h: stateOf(0), c: stateOf(1) };
    const outputs = new Float32Array(gives === 'outputs' ? batch * steps * units : 0);
    for (let i = 0; i < steps; i++) {
      const t = backwards ? steps - 1 - i : i;
      const fresh = step(inputs, (example) => (example * steps + t) * width, batch, states);
      if (mask) keep(fresh, states, units, (example) => !(mask[example * steps + t] as number));
      states = fresh;
      if (gives !== 'outputs') continue;
      for (let b = 0; b < batch; b++) {
        outputs.set(states.h.subarray(b * units, (b + 1) * units), (b * steps + t) * units);
      }
    }
    if (gives === 'outputs') return tf.tensor(outputs, [batch, steps, units]);
    return tf.tensor(gives === 'output' ? states.h : states.c, [batch, units]);
  };
}

/** Puts back the states of examples whose step does not count. */
function keep(
  after: States,
  before: States,
  units: number,
  isKept: (example: number) => boolean,
): void {
  for (let b = 0; b * units < after.h.length; b++) {
    if (!isKept(b)) continue;
    const [from, to] = [b * units, (b + 1) * units];
    after.h.set(before.h.subarray(from, to), from);
    after.c.set(before.c.subarray(from, to), from);
  }
}

/** @param last the product of the last output with some parts of the kernel */
function stepOf(
  cell: Cell,
  functions: Functions,
  units: number,
  last: (from: number, to: number) => Product,
): Step {
  const whole = last(0, gatesOf[cell.kind]);
  switch (cell.kind) {
    case 'simple':
      return simple(functions, units, whole);
    case 'lstm':
      return lstm(functions, units, whole);
    case 'gru':
      return cell.resetAfter
        ? resettingAfter(functions, units, whole)
        : resettingBefore(functions, units, last(0, 2), last(2, 3));
  }
}

function simple({ bend }: Functions, units: number, product: Product): Step {
  return (x, at, batch, { h, c }) => {
    const sums = product(h, batch);
    for (let b = 0; b < batch; b++) {
      const from = at(b);
      for (let u = 0; u < units; u++) {
        const i = b * units + u;
        sums[i] = bend((sums[i] as number) + (x[from + u] as number));
      }
    }
    return { h: sums, c };
  };
}

function lstm({ bend, gate }: Functions, units: number, product: Product): Step {
  return (x, at, batch, before) => {
    const sums = product(before.h, batch);
    const [h, c] = [before.h.slice(), before.c.slice()];
    for (let b = 0; b < batch; b++) {
      const [from, to] = [at(b), b * 4 * units];
      for (let k = 0; k < 4 * units; k++) sums[to + k] = (sums[to + k] as number) + (x[from + k] as number); // prettier-ignore
      for (let u = 0; u < units; u++) {
        const [i, k] = [b * units + u, to + u];
        const fresh = gate(sums[k] as number) * bend(sums[k + 2 * units] as number);
        const carry = gate(sums[k + units] as number) * (c[i] as number) + fresh;
        c[i] = carry;
        h[i] = gate(sums[k + 3 * units] as number) * bend(carry);
      }
    }
    return { h, c };
  };
}

function resettingAfter({ bend, gate }: Functions, units: number, product: Product): Step {
  return (x, at, batch, before) => {
    const sums = product(before.h, batch);
    const h = before.h.slice();
    for (let b = 0; b < batch; b++) {
      for (let u = 0; u < units; u++) {
        const [i, k, from] = [b * units + u, b * 3 * units + u, at(b) + u];
        const z = gate((x[from] as number) + (sums[k] as number));
        const r = gate((x[from + units] as number) + (sums[k + units] as number));
        const inner = (x[from + 2 * units] as number) + r * (sums[k + 2 * units] as number);
        const candidate = bend(inner);
        h[i] = candidate + z * ((h[i] as number) - candidate);
      }
    }
    return { h, c: before.c };
  };
}

function resettingBefore(
  { bend, gate }: Functions,
  units: number,
  gates: Product,
  candidates: Product,
): Step {
  return (x, at, batch, before) => {
    const sums = gates(before.h, batch);
    const [h, reset] = [before.h.slice(), before.h.slice()];
    for (let b = 0; b < batch; b++) {
      for (let u = 0; u < units; u++) {
        const [i, k, from] = [b * units + u, (2 * b + 1) * units + u, at(b) + units + u];
        reset[i] = (h[i] as number) * gate((x[from] as number) + (sums[k] as number));
      }
    }
    const ofCandidates = candidates(reset, batch);
    for (let b = 0; b < batch; b++) {
      for (let u = 0; u < units; u++) {
        const [i, k, from] = [b * units + u, 2 * b * units + u, at(b) + u];
        const z = gate((x[from] as number) + (sums[k] as number));
        const candidate = bend((x[from + 2 * units] as number) + (ofCandidates[i] as number));
        h[i] = candidate + z * ((h[i] as number) - candidate);
      }
    }
    return { h, c: before.c };
  };
}
