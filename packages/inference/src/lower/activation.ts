// Activation functions, by the names that layers of tfjs-layers and of Graft give them.

import type { Activation, PlainActivation } from '../graph/activation.js';
import type { Value } from '../graph/graph-builder.js';
import { axisFromFront } from '../graph/shape.js';
import { composedByName } from './composed-activation.js';
import { cannotLower, inputOf, type LayerCall, type Lowering, weightOf } from './layer-call.js';
import { operationsOf } from './operations.js';

const plain = (kind: PlainActivation): Activation => ({ kind });
const relu6: Activation = { kind: 'clip', min: 0, max: 6 };

const byName: Readonly<Record<string, Activation>> = {
  relu: plain('relu'),
  relu6,
  sigmoid: plain('sigmoid'),
  tanh: plain('tanh'),
  elu: { kind: 'elu', alpha: 1 },
  selu: plain('selu'),
  softplus: plain('softplus'),
  softsign: plain('softsign'),
  swish: plain('swish'),
  mish: plain('mish'),
  gelu: { kind: 'gelu', approximate: false },
  gelu_new: { kind: 'gelu', approximate: true },
  hardSigmoid: { kind: 'hardSigmoid', alpha: 0.2, beta: 0.5 },
  graftCelu: { kind: 'elu', alpha: 1 },
  graftExponential: plain('exp'),
  graftHardSigmoid: { kind: 'hardSigmoid', alpha: 1 / 6, beta: 0.5 },
  graftHardTanh: { kind: 'clip', min: -1, max: 1 },
  graftLeakyRelu: { kind: 'leakyRelu', alpha: 0.2 },
  graftSparseSigmoid: { kind: 'hardSigmoid', alpha: 0.5, beta: 0.5 },
};

/** What the value before the layer's activation is called: as the layer, where there is none. */
export function nameBeforeActivation({ name, config }: LayerCall): string {
  return isLinear(config) ? name : `${name}/linear`;
}

/** Applies the layer's setting `activation` to a value. */
export function activated(call: LayerCall, x: Value): Value {
  if (isLinear(call.config)) return x;
  const name = String(call.config.activation);
  const composed = Object.hasOwn(composedByName, name) ? composedByName[name] : undefined;
  if (composed) return composed(call, x);
  const activation = activationNamed(call, name);
  return activation ? call.graph.add(call.name, { op: 'activation', inputs: [x], activation }) : x;
}

/** What an activation is in the graph: nothing for `linear`. */
export function activationNamed(call: LayerCall, name: unknown): Activation | undefined {
  if (name === 'linear') return undefined;
  const activation = Object.hasOwn(byName, String(name)) ? byName[String(name)] : undefined;
  return activation ?? cannotLower(call, `there is no form of the activation ${String(name)}`);
}

function isLinear({ activation = 'linear' }: LayerCall['config']): boolean {
  return activation === 'linear';
}

const activationLayer: Lowering = (call) => activated(call, inputOf(call));

const reLU: Lowering = (call) => {
  // That of tfjs-layers has neither slope nor threshold.
  const { maxValue = null, negativeSlope = 0, threshold = 0 } = call.config as Record<string, number | null>; // prettier-ignore
  const [slope, least] = [Number(negativeSlope), Number(threshold)];
  if (slope !== 0 && maxValue === null && least === 0) return apply(call, { kind: 'leakyRelu', alpha: slope }); // prettier-ignore
  const cap = maxValue === null ? 'relu' : ({ kind: 'clip', min: 0, max: maxValue } as const);
  const { activation, sub, mul } = operationsOf(call);
  const x = inputOf(call);
  const capped = activation(least === 0 ? x : above(call, least), cap);
  return slope === 0 ? capped : sub(capped, mul(activation(sub(least, x), 'relu'), slope));
};

const thresholdedReLU: Lowering = (call) => above(call, Number(call.config.theta));

/** x where it is greater, else 0. */
function above(call: LayerCall, least: number): Value {
  const { mul, activation, sub } = operationsOf(call);
  const x = inputOf(call);
  return mul(x, activation(sub(x, least), 'step'));
}

const pReLU: Lowering = (call) => {
  const { activation, add, mul, min } = operationsOf(call);
  const x = inputOf(call);
  return add(activation(x, 'relu'), mul(min(x, 0), weightOf(call, 'alpha')));
};

const leakyReLU: Lowering = (call) =>
  apply(call, { kind: 'leakyRelu', alpha: Number(call.config.alpha) });

const elu: Lowering = (call) => apply(call, { kind: 'elu', alpha: Number(call.config.alpha) });

const softmax: Lowering = (call) => {
  if (call.masks[0]) cannotLower(call, 'it has a mask');
  const { softmax, largest, sum, sub, div, activation } = operationsOf(call);
  const x = inputOf(call);
  const given = [call.config.axis ?? -1].flat() as number[];
  const axes = given.map((axis) => axisFromFront(axis, x.shape.length));
  if (axes.length === 1) return softmax(x, axes[0] as number);
  const powers = activation(sub(x, largest(x, axes, true)), 'exp');
  return div(powers, sum(powers, axes, true));
};

function apply(call: LayerCall, activation: Activation): Value {
  return call.graph.add(call.name, { op: 'activation', inputs: [inputOf(call)], activation });
}

export const activations: Readonly<Record<string, Lowering>> = {
  Activation: activationLayer,
  PReLU: pReLU,
  ReLU: reLU,
  LeakyReLU: leakyReLU,
  ELU: elu,
  Softmax: softmax,
  ThresholdedReLU: thresholdedReLU,
};
