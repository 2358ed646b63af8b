// Normalization by the statistics of each example, and of neighbouring channels.

import type { Value } from '../graph/graph-builder.js';
import { axisFromFront } from '../graph/shape.js';
import { aligned } from './aligned.js';
import { inputOf, knownLengths, weightOf, type LayerCall, type Lowering } from './layer-call.js';
import { operationsOf } from './operations.js';

const layerNormalization: Lowering = (call) => {
  const x = inputOf(call);
  const rank = x.shape.length;
  const axes = [call.config.axis ?? -1].flat().map((axis) => axisFromFront(axis as number, rank));
  axes.sort((a, b) => a - b);
  return scaledAndShifted(call, standardized(call, x, axes), axes);
};

/** (x − mean) / √(variance + ε), both over `axes`. */
function standardized(call: LayerCall, x: Value, axes: readonly number[]): Value {
  const { graph, name } = call;
  const along = { axes, keepDims: true };
  const mean = graph.add(`${name}/mean`, { op: 'reduceMean', inputs: [x], ...along });
  const centered = graph.add(`${name}/centered`, { op: 'sub', inputs: [x, mean] });
  const squares = graph.add(`${name}/squares`, { op: 'square', inputs: [centered] });
  const variance = graph.add(`${name}/variance`, { op: 'reduceMean', inputs: [squares], ...along });
  return graph.add(`${name}/standard`, { op: 'div', inputs: [centered, root(call, variance)] });
}

/** √(x + ε) */
function root(call: LayerCall, x: Value): Value {
  const { graph, name } = call;
  const epsilon = graph.scalar(`${name}/epsilon`, Number(call.config.epsilon));
  const raised = graph.add(`${name}/raised`, { op: 'add', inputs: [x, epsilon] });
  return graph.add(`${name}/root`, { op: 'sqrt', inputs: [raised] });
}

/** Times gamma, plus beta, where there are such, which have the lengths along `axes`. */
function scaledAndShifted(call: LayerCall, x: Value, axes: readonly number[]): Value {
  const { mul, add } = operationsOf(call);
  const weight = (name: string) => {
    const constant = call.weight(name);
    return constant && call.graph.constant(`${call.name}/${name}`, aligned(constant, axes, x.shape.length)); // prettier-ignore
  };
  const [gamma, beta] = [weight('gamma'), weight('beta')];
  const scaled = gamma ? mul(x, gamma) : x;
  return beta ? add(scaled, beta) : scaled;
}

const groupNormalization: Lowering = (call) => {
  const { reshape } = operationsOf(call);
  const x = inputOf(call);
  const axis = axisFromFront(Number(call.config.axis ?? -1), x.shape.length);
  const lengths = [null, ...knownLengths(call, x)];
  const channels = x.shape[axis] as number;
  const groups = call.config.groups === -1 ? channels : Number(call.config.groups);
  const [before, after] = [lengths.slice(0, axis), lengths.slice(axis + 1)];
  const grouped = reshape(x, [...before, groups, channels / groups, ...after]);
  const axes = grouped.shape.map((_, i) => i).filter((i) => i !== 0 && i !== axis);
  return scaledAndShifted(call, reshape(standardized(call, grouped, axes), lengths), [axis]);
};

const rmsNormalization: Lowering = (call) => {
  const { graph, name } = call;
  const x = inputOf(call);
  const squares = graph.add(`${name}/squares`, { op: 'square', inputs: [x] });
  const mean = graph.add(`${name}/mean`, {
    ...{ op: 'reduceMean', inputs: [squares], axes: [x.shape.length - 1], keepDims: true },
  });
  const standard = graph.add(`${name}/standard`, { op: 'div', inputs: [x, root(call, mean)] });
  return graph.add(name, { op: 'mul', inputs: [standard, weightOf(call, 'scale')] });
};

const unitNormalization: Lowering = (call) => {
  const { graph, name } = call;
  const x = inputOf(call);
  const axes = [call.config.axis].flat().map((axis) => axisFromFront(axis as number, x.shape.length)); // prettier-ignore
  const squares = graph.add(`${name}/squares`, { op: 'square', inputs: [x] });
  const sum = graph.add(`${name}/sum`, {
    op: 'reduceSum',
    inputs: [squares],
    axes,
    keepDims: true,
  });
  const factor = graph.add(`${name}/factor`, { op: 'rsqrt', inputs: [sum] });
  // Zeros stay zeros.
  const limit = graph.scalar(`${name}/limit`, 1e12);
  const bounded = graph.add(`${name}/bounded`, { op: 'min', inputs: [factor, limit] });
  return graph.add(name, { op: 'mul', inputs: [x, bounded] });
};

const localResponseNormalization: Lowering = (call) => {
  const { depthRadius, bias, alpha, beta } = call.config as Record<string, number>;
  const settings = { radius: depthRadius, bias, alpha, beta } as Record<'radius' | 'bias' | 'alpha' | 'beta', number>; // prettier-ignore
  return call.graph.add(call.name, {
    ...{ op: 'localResponseNormalization', inputs: [inputOf(call)], ...settings },
  });
};

export const statistics: Readonly<Record<string, Lowering>> = {
  GroupNormalization: groupNormalization,
  LayerNormalization: layerNormalization,
  LocalResponseNormalization: localResponseNormalization,
  RMSNormalization: rmsNormalization,
  UnitNormalization: unitNormalization,
};
