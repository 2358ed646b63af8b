// A reshape takes what came before other reshapes; one that gives the shape that was there is none.

import type { GraphNode } from '../graph/node.js';
import type { WorkingGraph } from './working-graph.js';

export function mergeReshapes(graph: WorkingGraph): void {
  for (const node of graph.nodes()) {
    const inputs = node.inputs.map((input) => {
      const maker = graph.maker(input);
      if (maker?.op !== 'reshape') return input;
      const [before] = maker.inputs as [string];
      const isSame = graph.shape(before).join() === graph.shape(input).join();
      const isKnown = graph
        .shape(input)
        .slice(1)
        .every((length) => length !== null);
      return isKnown && (isSame || node.op === 'reshape') ? before : input;
    });
    if (inputs.some((input, i) => input !== node.inputs[i])) graph.replace({ ...node, inputs } as GraphNode); // prettier-ignore
  }
  graph.prune();
}
