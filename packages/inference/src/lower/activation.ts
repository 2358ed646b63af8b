// Activation functions, by the names that layers of tfjs-layers and of Graft give them.

import type { Activation, PlainActivation } from '../graph/activation.js';
import type { Value } from '../graph/graph-builder.js';
import { cannotLower, inputOf, type LayerCall, type Lowering } from './layer-call.js';

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
  const { graph, config } = call;
  if (isLinear(config)) return x;
  const name = String(config.activation);
  if (name === 'softmax') return graph.add(call.name, { op: 'softmax', inputs: [x], axis: -1 });
  if (name === 'graftHardSilu') {
    const activation = byName.graftHardSigmoid as Activation;
    const gate = graph.add(`${call.name}/gate`, { op: 'activation', inputs: [x], activation });
    return graph.add(call.name, { op: 'mul', inputs: [x, gate] });
  }
  const activation = byName[name];
  if (!activation) return cannotLower(call, `there is no form of the activation ${name}`);
  return graph.add(call.name, { op: 'activation', inputs: [x], activation });
}

function isLinear({ activation = 'linear' }: LayerCall['config']): boolean {
  return activation === 'linear';
}

const activationLayer: Lowering = (call) => activated(call, inputOf(call));

const reLU: Lowering = (call) => {
  const { maxValue = null, negativeSlope = 0, threshold = 0 } = call.config;
  // That of tfjs-layers has neither slope nor threshold.
  if (threshold !== 0) cannotLower(call, 'it has a threshold');
  if (negativeSlope !== 0 && maxValue !== null) cannotLower(call, 'it has a slope and a cap');
  if (negativeSlope !== 0) return apply(call, { kind: 'leakyRelu', alpha: Number(negativeSlope) });
  if (maxValue !== null) return apply(call, { kind: 'clip', min: 0, max: Number(maxValue) });
  return apply(call, { kind: 'relu' });
};

const leakyReLU: Lowering = (call) =>
  apply(call, { kind: 'leakyRelu', alpha: Number(call.config.alpha) });

const elu: Lowering = (call) => apply(call, { kind: 'elu', alpha: Number(call.config.alpha) });

const softmax: Lowering = (call) => {
  const axes = [call.config.axis ?? -1].flat() as number[];
  if (axes.length !== 1) cannotLower(call, 'it has several axes');
  const [axis] = axes as [number];
  return call.graph.add(call.name, { op: 'softmax', inputs: [inputOf(call)], axis });
};

function apply(call: LayerCall, activation: Activation): Value {
  return call.graph.add(call.name, { op: 'activation', inputs: [inputOf(call)], activation });
}

export const activations: Readonly<Record<string, Lowering>> = {
  Activation: activationLayer,
  ReLU: reLU,
  LeakyReLU: leakyReLU,
  ELU: elu,
  Softmax: softmax,
};
