// Layers that only put values elsewhere: reshaping, padding, cropping.

import { sizeOf, type Shape } from '../graph/shape.js';
import { inputOf, type Lowering } from './layer-call.js';

const flatten: Lowering = (call) => {
  const x = inputOf(call);
  const shape = [null, sizeOf(x.shape.slice(1))] as const;
  return call.graph.add(call.name, { op: 'reshape', inputs: [x], shape });
};

const reshape: Lowering = (call) => {
  const target = call.config.targetShape as number[];
  const lengths = target.map((length) => (length === -1 ? null : length));
  const shape = [null, ...lengths] as const;
  return call.graph.add(call.name, { op: 'reshape', inputs: [inputOf(call)], shape });
};

const permute: Lowering = (call) => {
  const order = [0, ...(call.config.dims as number[])];
  return call.graph.add(call.name, { op: 'transpose', inputs: [inputOf(call)], order });
};

type Ends = readonly [number, number][];

function changeEnds(op: 'pad' | 'crop', setting: 'padding' | 'cropping'): Lowering {
  return (call) => {
    const x = inputOf(call);
    const spatial = pairsOf(call.config[setting], x.shape);
    const ends: Ends = [[0, 0], ...spatial, [0, 0]];
    if (op === 'pad') return call.graph.add(call.name, { op, inputs: [x], ends, value: 0 });
    return call.graph.add(call.name, { op, inputs: [x], ends });
  };
}

/** One number, a pair (of a sequence: its ends), or a pair for each dimension between the batch and the channels. */
function pairsOf(setting: unknown, shape: Shape): [number, number][] {
  const dimensions = shape.length - 2;
  if (typeof setting === 'number')
    return Array<[number, number]>(dimensions).fill([setting, setting]);
  const list = setting as (number | [number, number])[];
  if (dimensions === 1 && list.length === 2) return [list as [number, number]];
  return list.map((each) => (typeof each === 'number' ? [each, each] : each));
}

const of = (kind: string, lower: Lowering): [string, Lowering][] =>
  [1, 2, 3].map((dimensions) => [`${kind}${dimensions}D`, lower]);

export const reshapings: Readonly<Record<string, Lowering>> = {
  Flatten: flatten,
  Permute: permute,
  Reshape: reshape,
  ...Object.fromEntries(of('ZeroPadding', changeEnds('pad', 'padding'))),
  ...Object.fromEntries(of('Cropping', changeEnds('crop', 'cropping'))),
};
