// Recurrent layers.

import { gru, lstm, simpleRNN } from '@graftjs/layers';
import { count, type Field, type Fields, flag, only, real, seed } from '../fields.js';
import { activation } from '../objects.js';
import { type CallForm, entry, type LayerClasses, weight } from './layer-class.js';

const cell: Fields = {
  units: count,
  activation,
  use_bias: flag,
  ...weight('kernel', 'GlorotUniform'),
  ...weight('recurrent', 'Orthogonal'),
  ...weight('bias', 'Zeros'),
  dropout: real,
  recurrent_dropout: real,
  seed,
};

/** tfjs-layers writes null where it was not told. */
const unitForgetBias: Field = {
  fromKeras: (value, where) => flag.fromKeras(value ?? undefined, where),
  toKeras: flag.toKeras,
};

/** What cells and the layers of one cell share. */
export const cellFields = {
  simple: cell,
  lstm: { ...cell, recurrent_activation: activation, unit_forget_bias: unitForgetBias },
  gru: { ...cell, recurrent_activation: activation, reset_after: flag },
};

/** What all recurrent layers share. */
export const sequence: Fields = {
  return_sequences: flag,
  return_state: flag,
  go_backwards: flag,
  stateful: only(false),
  unroll: flag,
  zero_output_for_mask: flag,
};

/** The initial states are a list of their own in Keras, and stand behind the sequence here. */
export const withStates: { readonly call: CallForm } = {
  call: { states: 'initial_state', settings: {} },
};

// tfjs-layers accepts one and never applies it.
const ofOneCell: Fields = { ...sequence, activity_regularizer: only(null) };

export const recurrentLayers: LayerClasses = {
  SimpleRNN: entry(simpleRNN, { ...ofOneCell, ...cellFields.simple }, withStates),
  LSTM: entry(lstm, { ...ofOneCell, ...cellFields.lstm }, withStates),
  GRU: entry(gru, { ...ofOneCell, ...cellFields.gru }, withStates),
};
