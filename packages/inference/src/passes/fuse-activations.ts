// An activation becomes part of the operation whose result it alone takes.

import type { GraphNode } from '../graph/node.js';
import type { WorkingGraph } from './working-graph.js';

const takesActivation: ReadonlySet<GraphNode['op']> = new Set([
  'conv2d',
  'depthwiseConv2d',
  'conv2dTranspose',
  'dense',
  'scaleShift',
  'add',
  'sub',
  'mul',
  'div',
  'max',
  'min',
]);

export function fuseActivations(graph: WorkingGraph): void {
  for (const node of graph.nodes()) {
    if (node.op !== 'activation') continue;
    const [input] = node.inputs as [string];
    const maker = graph.maker(input);
    if (!maker || !takesActivation.has(maker.op) || graph.onlyTaker(input) !== node) continue;
    if ('activation' in maker && maker.activation) continue;
    graph.remove(maker);
    graph.replace({ ...maker, activation: node.activation, output: node.output } as GraphNode);
  }
}
