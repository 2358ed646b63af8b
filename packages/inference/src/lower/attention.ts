// Multi-head and grouped-query attention: projections, scores, the sum of values.

import type { Value } from '../graph/graph-builder.js';
import { reshaped } from '../onnx/permuted.js';
import { allOf, causal, near, stepsOf } from './attention-masks.js';
import { cannotLower, type LayerCall, type Lowering } from './layer-call.js';
import { differs } from './masks.js';
import { operationsOf } from './operations.js';

/** What Keras takes for −∞, where it masks scores in one op, and where it does not. */
const [LOWEST, LOW] = [-0.7 * 3.38953e38, -1e9];

interface Heads {
  /** Of query and key. */
  readonly channels: number;
  /** The axes of the query along which steps attend to each other. */
  readonly axes: readonly number[];
  /** Heads of key and value, as many as the query has. */
  repeated(x: Value): Value;
}

const multiHead: Lowering = (call) => {
  const rank = (call.inputs[0] as Value).shape.length;
  const all = Array.from({ length: rank - 2 }, (_, i) => i + 1);
  const axes = (call.config.attentionAxes as number[] | null) ?? all;
  return attention(call, {
    channels: Number(call.config.keyDim),
    axes: axes.map((axis) => (axis < 0 ? axis + rank : axis)),
    repeated: (x) => x,
  });
};

const groupQuery: Lowering = (call) => {
  const { reshape, concat } = operationsOf(call);
  const { headDim, numQueryHeads, numKeyValueHeads } = call.config as Record<string, number>;
  const heads = numQueryHeads as number;
  const times = heads / (numKeyValueHeads as number);
  const repeated = (x: Value) => {
    const [, steps = null, ...rest] = x.shape;
    // Each head beside itself: one row of them all, so often.
    const [keyHeads, channels] = rest as [number, number];
    const one = reshape(x, [null, steps, keyHeads, 1, channels]);
    const copies = concat(Array<Value>(times).fill(one), 3);
    return reshape(copies, [null, steps, heads, channels]);
  };
  return attention(call, { channels: headDim as number, axes: [1], repeated });
};

function attention(call: LayerCall, { channels, axes, repeated }: Heads): Value | Value[] {
  const { mul, activation, matMul } = operationsOf(call);
  const [query, value, key = value] = call.inputs as readonly [Value, Value, Value?];
  const { config } = call;
  const mask = maskOf(call, axes);
  const grid = gridOf(call, query.shape.length, axes);
  const scaled = mul(projected(call, query, 'query', 1), channels ** -0.5);
  const keys = grid.columns(repeated(projected(call, key, 'key', 1)));
  const raw = matMul(grid.rows(scaled), keys);
  // As in Keras, whose two ways differ where a query has no key at all.
  const isPlain = query.shape.length === 3 && config.dropout === 0 && config.returnAttentionScores !== true; // prettier-ignore
  const scores = shares(call, raw, mask, isPlain);
  const values = repeated(projected(call, value, 'value', 1));
  const sum = grid.back(matMul(scores, grid.rows(values)), query);
  const gated = config.useGate === true ? mul(sum, activation(projected(call, query, 'gate', 1), 'sigmoid')) : sum; // prettier-ignore
  const output = projected(call, gated, 'attention_output', 2);
  return config.returnAttentionScores === true ? [output, grid.apart(scores, query, value)] : output; // prettier-ignore
}

/** Times a kernel, whose first axes are the last ones of `x`; what is left of them takes their place. */
function projected(call: LayerCall, x: Value, name: string, summed: number): Value {
  const { reshape, dense } = operationsOf(call);
  const kernel = call.weight(`${name}/kernel`) ?? cannotLower(call, `it has no weight ${name}/kernel`); // prettier-ignore
  const bias = call.weight(`${name}/bias`);
  const size = (lengths: readonly number[]) => lengths.reduce((a, b) => a * b, 1);
  const [from, to] = [kernel.shape.slice(0, summed), kernel.shape.slice(summed)];
  const rows = x.shape.slice(0, -summed);
  const matrix = call.graph.constant(`${call.name}/${name}`, reshaped(kernel, [size(from), size(to)])); // prettier-ignore
  const row = bias && call.graph.constant(`${call.name}/${name}/bias`, reshaped(bias, [size(to)]));
  const y = dense(summed > 1 ? reshape(x, [...rows, size(from)]) : x, matrix, row);
  return to.length > 1 ? reshape(y, [...rows, ...to]) : y;
}

/** Between projections [batch, …steps, heads, channels] and matrices of the steps that attend to each other. */
function gridOf(call: LayerCall, rank: number, axes: readonly number[]) {
  const { transpose, reshape } = operationsOf(call);
  const others = Array.from({ length: rank }, (_, i) => i).filter((i) => !axes.includes(i));
  const order = [...others, ...axes, rank];
  const turned = [...others, rank, ...axes];
  const count = others.length;
  /** All axes that attend as one. */
  const together = (x: Value, at: number): Value => {
    if (axes.length === 1) return x;
    const lengths = x.shape.slice(at, at + axes.length);
    if (lengths.includes(null)) cannotLower(call, 'the number of steps is not known');
    const size = (lengths as number[]).reduce((a, b) => a * b);
    return reshape(x, [...x.shape.slice(0, at), size, ...x.shape.slice(at + axes.length)]);
  };
  const lengthsOf = (x: Value) => axes.map((axis) => x.shape[axis] ?? null);
  return {
    rows: (x: Value) => together(transpose(x, order), count),
    columns: (x: Value) => together(transpose(x, turned), count + 1),
    back: (x: Value, query: Value) => {
      const [outer, channels] = [x.shape.slice(0, count), x.shape.at(-1) ?? null];
      const whole = axes.length === 1 ? x : reshape(x, [...outer, ...lengthsOf(query), channels]);
      return transpose(whole, order.map((_, axis) => order.indexOf(axis))); // prettier-ignore
    },
    apart: (scores: Value, query: Value, value: Value) =>
      axes.length === 1
        ? scores
        : reshape(scores, [...scores.shape.slice(0, count), ...lengthsOf(query), ...lengthsOf(value)]), // prettier-ignore
  };
}

/** [batch or 1, queries, keys] */
function maskOf(call: LayerCall, axes: readonly number[]): Value | undefined {
  const [query, value, , given] = call.inputs as readonly [Value, Value, Value?, Value?];
  const [ofQuery, ofValue, ofKey] = call.masks;
  const { useCausalMask, slidingWindow } = call.config;
  if (given && given.shape.length !== 3) cannotLower(call, 'its mask is not of queries and keys');
  const mask = allOf(call, [
    given && differs(call, given, 0),
    stepsOf(call, ofQuery, 'queries'),
    stepsOf(call, ofValue, 'keys'),
    stepsOf(call, ofKey, 'keys'),
    useCausalMask === true ? causal(call, query, value) : undefined,
    slidingWindow == null ? undefined : near(call, query, value, Number(slidingWindow)),
  ]);
  if (mask && axes.join() !== '1') cannotLower(call, 'it has a mask, and attends along other axes than that of steps'); // prettier-ignore
  return mask;
}

function shares(call: LayerCall, raw: Value, mask: Value | undefined, isPlain: boolean): Value {
  const { add, sub, mul, softmax, reshape } = operationsOf(call);
  if (!mask) return softmax(raw, -1);
  const [, ...steps] = mask.shape;
  const ones = Array<number>(raw.shape.length - mask.shape.length).fill(1);
  const counts = reshape(mask, [null, ...ones, ...steps]);
  const masked = add(mul(raw, counts), mul(sub(1, counts), isPlain ? LOWEST : LOW));
  const scores = softmax(masked, -1);
  return isPlain ? scores : mul(scores, counts);
}

export const attentions: Readonly<Record<string, Lowering>> = {
  GroupQueryAttention: groupQuery,
  MultiHeadAttention: multiHead,
};
