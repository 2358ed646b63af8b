// Layers whose channels come first are those with the channels last, between two transpositions.

import type { Value } from '../graph/graph-builder.js';
import { activated } from './activation.js';
import { inputOf, type LayerCall, type Lowering } from './layer-call.js';
import { operationsOf } from './operations.js';

export function hasChannelsFirst({ config, inputs }: LayerCall): boolean {
  const isFirst = config.dataFormat === 'channelsFirst' || config.dataFormat === 'channels_first';
  return isFirst && (inputs[0] as Value).shape.length > 2;
}

export const channelsLast =
  (lower: Lowering): Lowering =>
  (call) => {
    const { transpose } = operationsOf(call);
    const x = inputOf(call);
    const rank = x.shape.length;
    const spatial = Array.from({ length: rank - 2 }, (_, i) => i + 1);
    const last = transpose(x, [0, ...spatial.map((axis) => axis + 1), 1]);
    // A softmax goes along the last axis that there is in the end.
    const config = { ...call.config, dataFormat: 'channelsLast', activation: 'linear' };
    const y = [lower({ ...call, inputs: [last], config })].flat()[0] as Value;
    return activated(call, y.shape.length === rank ? transpose(y, [0, rank - 1, ...spatial]) : y);
  };
