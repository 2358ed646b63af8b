// Zeros around an image become the padding of the convolution that takes it; of a largest value only where no value is below 0.

import type {
  Conv2dNode,
  DepthwiseConv2dNode,
  PadNode,
  Padding,
  Pair,
  PoolNode,
} from '../graph/node.js';
import type { WorkingGraph } from './working-graph.js';

export function mergePadding(graph: WorkingGraph): void {
  for (const node of graph.nodes()) {
    if (node.op === 'conv2d' || node.op === 'depthwiseConv2d' || node.op === 'maxPool') {
      merge(graph, node);
    }
  }
}

function merge(graph: WorkingGraph, node: Conv2dNode | DepthwiseConv2dNode | PoolNode): void {
  const [input, ...weights] = node.inputs as [string, ...string[]];
  const pad = graph.maker(input);
  if (pad?.op !== 'pad' || pad.value !== 0 || node.padding === 'same') return;
  const padding = sum(node.padding, pad);
  if (!padding || (node.op === 'maxPool' && !hasZeros(graph, pad, padding, node.size))) return;
  graph.replace({ ...node, inputs: [...pad.inputs, ...weights], padding });
}

function sum(
  padding: Exclude<Padding, 'same'>,
  { ends }: PadNode,
): Exclude<Padding, 'same'> | undefined {
  const [batch, vertical, horizontal, channels] = ends;
  if (!batch || !vertical || !horizontal || !channels) return undefined;
  if ([...batch, ...channels].some((length) => length !== 0)) return undefined;
  const added = (i: 0 | 1, [before, after]: readonly [number, number]) =>
    [padding[i][0] + before, padding[i][1] + after] as const;
  return [added(0, vertical), added(1, horizontal)];
}

/** Whether 0 is as good as nothing around a pooled image: no value is below it, and every window has one. */
function hasZeros(
  graph: WorkingGraph,
  pad: PadNode,
  padding: Exclude<Padding, 'same'>,
  size: Pair,
): boolean {
  const maker = graph.maker(pad.inputs[0] as string);
  const activation = maker && 'activation' in maker ? maker.activation : undefined;
  const isPositive =
    activation?.kind === 'relu' || (activation?.kind === 'clip' && activation.min >= 0);
  return isPositive && padding.every((ends, i) => Math.max(...ends) < (size[i] as number));
}
