// Which steps of what a layer gives count, as Keras hands masks on: with the values.

import type { Value } from '../graph/graph-builder.js';
import { axisFromFront } from '../graph/shape.js';
import { cannotLower, inputOf, type LayerCall } from './layer-call.js';
import { operationsOf } from './operations.js';

type Mask = Value | undefined;

/** The masks of a layer's outputs. */
type Masking = (call: LayerCall) => readonly Mask[];

/** 1 where a value is another one, else 0. */
export function differs(call: LayerCall, x: Value, other: number): Value {
  const { sub, activation } = operationsOf(call);
  // −x below 0, x above.
  const distance = activation(sub(x, other), { kind: 'leakyRelu', alpha: -1 });
  return activation(distance, 'step');
}

/** Of [batch, steps, features], 1 where any feature is another value than the one that is masked. */
export function unmasked(call: LayerCall, keepDims: boolean): Value {
  const x = inputOf(call);
  const different = differs(call, x, Number(call.config.maskValue));
  return operationsOf(call).largest(different, [x.shape.length - 1], keepDims);
}

/** Of the first input. @throws GraftError where it is a mask of other things */
export function maskOfSteps(call: LayerCall): Mask {
  const [mask] = call.masks;
  if (mask && mask.shape.length !== 2) cannotLower(call, 'its mask is not of steps');
  return mask;
}

const none: Masking = () => [];

const first: Masking = ({ masks }) => [masks[0]];

const embedding: Masking = (call) =>
  call.config.maskZero === true ? [differs(call, inputOf(call), 0)] : [];

const masking: Masking = (call) => [unmasked(call, false)];

const ofSequences: Masking = ({ config, masks }) =>
  config.returnSequences === true ? [masks[0]] : [];

const bidirectional: Masking = ({ config, masks, layer }) => {
  if (!(layer as unknown as { returnSequences: boolean }).returnSequences) return [];
  return config.mergeMode == null ? [masks[0], masks[0]] : [masks[0]];
};

/** A step counts that counts in any of the inputs; where one has no mask, all steps do. */
const merged: Masking = (call) => {
  const given = call.masks.filter((mask) => mask !== undefined);
  if (given.length < call.inputs.length) return [];
  return [given.reduce((a, b) => operationsOf(call).max(a, b))];
};

/** Along the features as above; steps after others have masks after others. */
const concatenated: Masking = (call) => {
  const { concat, largest, activation } = operationsOf(call);
  const { masks, inputs } = call;
  if (masks.every((mask) => mask === undefined)) return [];
  const rank = inputOf(call).shape.length;
  const axis = axisFromFront(Number(call.config.axis ?? -1), rank);
  if (axis === rank - 1) return merged(call);
  if (rank !== 3) cannotLower(call, 'it has masks of other inputs than sequences');
  const ones = (x: Value) => activation(largest(x, [2], false), { kind: 'clip', min: 1, max: 1 });
  return [concat(inputs.map((x, i) => masks[i] ?? ones(x)), 1)]; // prettier-ignore
};

const maskings: Readonly<Record<string, Masking>> = {
  Add: merged,
  Average: merged,
  Bidirectional: bidirectional,
  ConvLSTM2D: ofSequences,
  Concatenate: concatenated,
  Dot: none,
  Embedding: embedding,
  GRU: ofSequences,
  GlobalAveragePooling1D: none,
  LSTM: ofSequences,
  Masking: masking,
  Maximum: merged,
  Minimum: merged,
  Multiply: merged,
  RNN: ofSequences,
  SimpleRNN: ofSequences,
  Subtract: merged,
};

/** Of a layer that hands masks on. */
export function masksAfter(call: LayerCall): readonly Mask[] {
  return (maskings[call.className] ?? first)(call);
}
