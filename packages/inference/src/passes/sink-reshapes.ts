// What is done to each channel is done before a reshape that keeps the channels, where it can become part of a convolution.

import type { GraphNode } from '../graph/node.js';
import type { WorkingGraph } from './working-graph.js';

export function sinkReshapes(graph: WorkingGraph): void {
  for (const node of graph.nodes()) {
    if (node.op !== 'scaleShift' && node.op !== 'activation') continue;
    const [input, ...constants] = node.inputs as [string, ...string[]];
    const reshape = graph.maker(input);
    if (reshape?.op !== 'reshape' || graph.onlyTaker(input) !== node) continue;
    const [before] = reshape.inputs as [string];
    const keepsChannels = graph.shape(before).at(-1) === graph.shape(input).at(-1);
    if (node.op === 'scaleShift' && !keepsChannels) continue;
    graph.remove(node);
    graph.replace({ ...node, inputs: [before, ...constants], output: input } as GraphNode);
    graph.setShape(input, graph.shape(before));
    graph.replace({ ...reshape, inputs: [input], output: node.output });
  }
}
