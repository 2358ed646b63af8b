// Attention.

import {
  additiveAttention,
  attention,
  groupQueryAttention,
  multiHeadAttention,
} from '@graftjs/layers';
import {
  axes,
  count,
  countOrNull,
  countsOrNull,
  type Field,
  type Fields,
  flag,
  only,
  real,
  seed,
  word,
} from '../fields.js';
import { type CallForm, entry, type LayerClasses, weight } from './layer-class.js';

const settings: Fields = { use_causal_mask: flag, return_attention_scores: flag };

const projectedCall: CallForm = {
  tensors: ['query', 'value', 'key', 'attention_mask'],
  standIns: { key: 'value' },
  settings,
};

const projected: Fields = {
  use_bias: flag,
  use_gate: flag,
  sliding_window: countOrNull,
  dropout: real,
  seed,
  ...weight('kernel', 'GlorotUniform'),
  ...weight('bias', 'Zeros'),
  // It would be that of the projections.
  activity_regularizer: only(null),
};

/** Null for all of them, which Keras writes out. */
const attentionAxes: Field = {
  fromKeras: (value, where) => axes.fromKeras(value ?? undefined, where),
  toKeras: (value, where) => axes.toKeras(value ?? undefined, where) ?? null,
};

/** In .h5 files, where no module is said, Keras finds classes by other names, and takes the word `dot` for a function. */
const named = { module: 'keras.layers' };

const scored: Fields = { use_scale: flag, dropout: real, seed };

export const attentionLayers: LayerClasses = {
  MultiHeadAttention: entry(
    multiHeadAttention,
    {
      num_heads: count,
      key_dim: count,
      value_dim: count,
      output_shape: countsOrNull,
      attention_axes: attentionAxes,
      ...projected,
    },
    { call: projectedCall },
  ),
  GroupQueryAttention: entry(
    groupQueryAttention,
    { head_dim: count, num_query_heads: count, num_key_value_heads: count, ...projected },
    { call: projectedCall, ...named },
  ),
  Attention: entry(
    attention,
    { ...scored, score_mode: word({ dot: 'dot', concat: 'concat' }) },
    { takesList: true, call: { settings }, ...named },
  ),
  AdditiveAttention: entry(additiveAttention, scored, { takesList: true, call: { settings } }),
};
