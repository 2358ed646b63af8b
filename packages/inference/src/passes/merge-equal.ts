// Operations that are the same of the same inputs are done once.

import type { GraphNode } from '../graph/node.js';
import type { WorkingGraph } from './working-graph.js';

export function mergeEqual(graph: WorkingGraph): void {
  const known = new Map<string, string>();
  const sameAs = new Map<string, string>();
  for (const node of graph.nodes()) {
    const inputs = node.inputs.map((input) => sameAs.get(input) ?? input);
    const isChanged = inputs.some((input, i) => input !== node.inputs[i]);
    if (isChanged) graph.replace({ ...node, inputs } as GraphNode);
    const { output, ...rest } = { ...node, inputs };
    const key = JSON.stringify(rest);
    const first = known.get(key);
    if (first === undefined) known.set(key, output);
    else sameAs.set(output, first);
  }
}
