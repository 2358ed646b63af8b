// Attention without projections: Attention and AdditiveAttention.

import type { Value } from '../graph/graph-builder.js';
import { allOf, causal, stepsOf } from './attention-masks.js';
import { optionalWeight, type LayerCall, type Lowering } from './layer-call.js';
import { operationsOf } from './operations.js';

/** [batch, queries, keys] of [batch, queries, channels] and [batch, keys, channels]. */
type Score = (call: LayerCall, query: Value, key: Value) => Value;

const scored =
  (score: Score): Lowering =>
  (call) => {
    const { softmax, sub, mul, matMul } = operationsOf(call);
    const [query, value, key = value] = call.inputs as readonly [Value, Value, Value?];
    const [ofQuery, ofValue] = call.masks;
    const mask = allOf(call, [
      stepsOf(call, ofValue, 'keys'),
      call.config.useCausalMask === true ? causal(call, query, key) : undefined,
    ]);
    const raw = score(call, query, key);
    const scores = softmax(mask ? sub(raw, mul(sub(1, mask), 1e9)) : raw, -1);
    const sum = matMul(scores, value);
    const counted = stepsOf(call, ofQuery, 'queries');
    const output = counted ? mul(sum, counted) : sum;
    return call.config.returnAttentionScores === true ? [output, scores] : output;
  };

const dot: Score = (call, query, key) => {
  const { matMul, transpose, sum, mul, activation } = operationsOf(call);
  const [scale, weight] = [optionalWeight(call, 'scale'), optionalWeight(call, 'concat_score_weight')]; // prettier-ignore
  const scaled = (x: Value) => (scale ? mul(x, scale) : x);
  if (!weight) return scaled(matMul(query, transpose(key, [0, 2, 1])));
  return mul(sum(activation(scaled(pairs(call, query, key)), 'tanh'), [3], false), weight);
};

const additive: Score = (call, query, key) => {
  const { sum, mul, activation } = operationsOf(call);
  const scale = optionalWeight(call, 'scale');
  const bent = activation(pairs(call, query, key), 'tanh');
  return sum(scale ? mul(bent, scale) : bent, [3], false);
};

/** Of each query and each key the sum: [batch, queries, keys, channels]. */
function pairs(call: LayerCall, query: Value, key: Value): Value {
  const { add, reshape } = operationsOf(call);
  const [, queries = null, channels = null] = query.shape;
  const keys = key.shape[1] ?? null;
  return add(reshape(query, [null, queries, 1, channels]), reshape(key, [null, 1, keys, channels]));
}

export const scoredAttentions: Readonly<Record<string, Lowering>> = {
  AdditiveAttention: scored(additive),
  Attention: scored(dot),
};
