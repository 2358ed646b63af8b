// Pooling, by windows and over all.

import type { Value } from '../graph/graph-builder.js';
import type { Padding } from '../graph/node.js';
import { inputOf, pairOf, type LayerCall, type Lowering } from './layer-call.js';
import { maskOfSteps } from './masks.js';
import { operationsOf } from './operations.js';
import { poolVolumes } from './volumes.js';

const none: Padding = [
  [0, 0],
  [0, 0],
];

function pool(op: 'maxPool' | 'avgPool'): Lowering {
  return (call) => {
    const x = inputOf(call);
    const { poolSize, strides, padding } = call.config;
    const edges = padding === 'same' ? 'same' : none;
    if (x.shape.length === 5) return poolVolumes(call, op);
    if (x.shape.length === 4) {
      const window = { size: pairOf(poolSize), strides: pairOf(strides ?? poolSize) };
      return call.graph.add(call.name, { op, inputs: [x], ...window, padding: edges });
    }
    const [size, stride] = [poolSize, strides ?? poolSize].map(
      (each) => [each].flat()[0] as number,
    );
    const [, length = null, channels = null] = x.shape;
    const image = call.graph.add(`${call.name}/image`, {
      ...{ op: 'reshape', inputs: [x], shape: [null, 1, length, channels] },
    });
    const window = { size: [1, size as number], strides: [1, stride as number] } as const;
    const y = call.graph.add(call.name, { op, inputs: [image], ...window, padding: edges });
    return call.graph.add(`${call.name}/sequence`, {
      ...{ op: 'reshape', inputs: [y], shape: [null, y.shape[2] ?? null, channels] },
    });
  };
}

function globalPool(op: 'reduceMean' | 'reduceMax'): Lowering {
  return (call) => {
    const x = inputOf(call);
    const { keepDims, keepdims } = call.config;
    const axes = x.shape.map((_, axis) => axis).slice(1, -1);
    const keep = (keepdims ?? keepDims) === true;
    // Only the one of sequences, and not that of tfjs-layers, heeds masks.
    const heeds = call.isGraft && call.className === 'GlobalAveragePooling1D';
    const mask = heeds ? maskOfSteps(call) : undefined;
    if (mask) return meanOfSteps(call, mask, keep);
    return call.graph.add(call.name, { op, inputs: [x], axes, keepDims: keep });
  };
}

/** Of those that count. */
function meanOfSteps(call: LayerCall, mask: Value, keepDims: boolean): Value {
  const { mul, sum, div, reshape } = operationsOf(call);
  const counts = reshape(mask, [null, mask.shape[1] ?? null, 1]);
  return div(sum(mul(inputOf(call), counts), [1], keepDims), sum(counts, [1], keepDims));
}

const of = (kind: string, lower: Lowering): [string, Lowering][] =>
  [1, 2, 3].map((dimensions) => [`${kind}${dimensions}D`, lower]);

export const poolings: Readonly<Record<string, Lowering>> = Object.fromEntries([
  ...of('MaxPooling', pool('maxPool')),
  ...of('AveragePooling', pool('avgPool')),
  ...of('GlobalAveragePooling', globalPool('reduceMean')),
  ...of('GlobalMaxPooling', globalPool('reduceMax')),
]);
