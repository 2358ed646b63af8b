// EinsumDense: an input times a kernel by an equation.

import type { Value } from '../graph/graph-builder.js';
import { permuted, reshaped } from '../onnx/permuted.js';
import { activated } from './activation.js';
import {
  cannotLower,
  inputOf,
  optionalWeight,
  type LayerCall,
  type Lowering,
} from './layer-call.js';
import { operationsOf } from './operations.js';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const einsumDense: Lowering = (call) => {
  const y = product(call);
  const bias = optionalWeight(call, 'bias');
  return activated(call, bias ? operationsOf(call).add(y, bias) : y);
};

function product(call: LayerCall): Value {
  const { sum, transpose } = operationsOf(call);
  const given = inputOf(call);
  const [from, kernel, result] = axesOf(String(call.config.equation), given.shape.length);
  const isNeeded = (axis: string) => kernel.includes(axis) || result.includes(axis);
  const alone = [...from].flatMap((axis, i) => (isNeeded(axis) ? [] : [i]));
  const axes = [...from].filter(isNeeded);
  const x = alone.length > 0 ? sum(given, alone, false) : given;
  const made = [...kernel].some((axis) => axes.includes(axis) && result.includes(axis))
    ? byElements(call, x, axes, kernel, result)
    : byMatrix(call, x, axes, kernel, result);
  return transpose(made.value, [...result].map((axis) => made.axes.indexOf(axis))); // prettier-ignore
}

interface Labelled {
  readonly value: Value;
  readonly axes: readonly string[];
}

function byMatrix(
  call: LayerCall,
  x: Value,
  axes: readonly string[],
  kernel: string,
  result: string,
): Labelled {
  const { transpose, reshape, dense } = operationsOf(call);
  const weights = kernelOf(call);
  const summed = [...kernel].filter((axis) => !result.includes(axis));
  const outputs = [...kernel].filter((axis) => result.includes(axis));
  const rows = axes.filter((axis) => !kernel.includes(axis));
  const order = [...summed, ...outputs].map((axis) => kernel.indexOf(axis));
  const { read, shape } = permuted(weights, order);
  const size = (lengths: readonly number[]) => lengths.reduce((a, b) => a * b, 1);
  const [inner, outer] = [shape.slice(0, summed.length), shape.slice(summed.length)];
  const matrix = reshaped({ read, shape }, [size(inner), size(outer)]);
  const turned = transpose(x, [...rows, ...summed].map((axis) => axes.indexOf(axis))); // prettier-ignore
  const lengths = turned.shape.slice(0, rows.length);
  const y = dense(
    reshape(turned, [...lengths, size(inner)]),
    call.graph.constant(`${call.name}/kernel`, matrix),
  );
  return { value: reshape(y, [...lengths, ...outer]), axes: [...rows, ...outputs] };
}

/** Where input, kernel and output have an axis in common, along which nothing is summed. */
function byElements(
  call: LayerCall,
  x: Value,
  axes: readonly string[],
  kernel: string,
  result: string,
): Labelled {
  const { mul, sum, reshape } = operationsOf(call);
  const weights = kernelOf(call);
  const all = [...axes, ...[...kernel].filter((axis) => !axes.includes(axis))];
  const inOrder = all.filter((axis) => kernel.includes(axis));
  const turned = permuted(weights, inOrder.map((axis) => kernel.indexOf(axis))); // prettier-ignore
  const shape = all.map((axis) => (kernel.includes(axis) ? (turned.shape[inOrder.indexOf(axis)] as number) : 1)); // prettier-ignore
  const wide = reshape(x, [...x.shape, ...Array<number>(all.length - axes.length).fill(1)]);
  const factors = call.graph.constant(`${call.name}/kernel`, reshaped(turned, shape));
  const summed = all.flatMap((axis, i) => (result.includes(axis) ? [] : [i]));
  const value = mul(wide, factors);
  const kept = all.filter((axis) => result.includes(axis));
  return { value: summed.length > 0 ? sum(value, summed, false) : value, axes: kept };
}

function kernelOf(call: LayerCall) {
  return call.weight('kernel') ?? cannotLower(call, 'it has no weight kernel');
}

/** Of input, kernel and output, a letter for each axis. */
function axesOf(equation: string, rank: number): [string, string, string] {
  const parts = equation.split(/,|->/) as [string, string, string];
  const named = parts[0].replace('...', '').length;
  const free = [...letters].filter((each) => !equation.includes(each)).slice(0, rank - named);
  return parts.map((part) => part.replace('...', free.join(''))) as [string, string, string];
}

export const einsums: Readonly<Record<string, Lowering>> = { EinsumDense: einsumDense };
