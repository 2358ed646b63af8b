// A transposition of a transposition is one, or none. Activations come before them, next to what makes the value.

import type { ActivationNode, GraphNode, TransposeNode } from '../graph/node.js';
import type { WorkingGraph } from './working-graph.js';

export function mergeTransposes(graph: WorkingGraph): void {
  for (const node of graph.nodes()) {
    if (node.op === 'activation') sink(graph, node);
    else replace(graph, node);
  }
  graph.prune();
}

function replace(graph: WorkingGraph, node: GraphNode): void {
  const merged = node.op === 'transpose' ? composed(graph, node) : node;
  const inputs = merged.inputs.map((input) => unturned(graph, input));
  const isChanged = merged !== node || inputs.some((input, i) => input !== node.inputs[i]);
  if (isChanged) graph.replace({ ...merged, inputs } as GraphNode);
}

function composed(graph: WorkingGraph, node: TransposeNode): TransposeNode {
  const before = graph.maker(node.inputs[0] as string);
  if (before?.op !== 'transpose') return node;
  const order = node.order.map((axis) => before.order[axis] as number);
  return { ...node, inputs: before.inputs, order };
}

/** What a transposition takes that leaves all axes where they are. */
function unturned(graph: WorkingGraph, input: string): string {
  const maker = graph.maker(input);
  const isNone = maker?.op === 'transpose' && maker.order.every((from, axis) => from === axis);
  return isNone ? (maker.inputs[0] as string) : input;
}

function sink(graph: WorkingGraph, node: ActivationNode): void {
  const input = unturned(graph, node.inputs[0] as string);
  const before = graph.maker(input);
  if (before?.op !== 'transpose' || graph.onlyTaker(input) !== node) {
    return graph.replace({ ...node, inputs: [input] });
  }
  const [value] = before.inputs as [string];
  graph.remove(node);
  graph.replace({ ...node, inputs: [value], output: input });
  graph.setShape(input, graph.shape(value));
  graph.replace({ ...before, inputs: [input], output: node.output });
}
