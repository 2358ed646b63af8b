// A scale and a shift after a convolution, a dense layer or another such become part of its weights: W · s, and b · s + t.

import { computed, type Constant } from '../graph/constant.js';
import type { GraphNode, ScaleShiftNode } from '../graph/node.js';
import type { WorkingGraph } from './working-graph.js';

export function foldIntoPrevious(graph: WorkingGraph): void {
  for (const node of graph.nodes()) {
    if (node.op === 'scaleShift') fold(graph, node);
  }
}

function fold(graph: WorkingGraph, affine: ScaleShiftNode): void {
  const [input, scaleName, shiftName] = affine.inputs as [string, string, string?];
  const maker = graph.maker(input);
  if (!maker || graph.onlyTaker(input) !== affine) return;
  const channelAt = channelOf(maker, graph.constant(maker.inputs[1]));
  if (!channelAt || ('activation' in maker && maker.activation)) return;
  const [x, kernelName, biasName] = maker.inputs as [string, string, string?];
  const kernel = graph.constant(kernelName) as Constant;
  const bias = graph.constant(biasName);
  const scale = graph.constant(scaleName) as Constant;
  const shift = graph.constant(shiftName);
  const weights = computed(kernel.shape, [kernel, scale], (kernel, scale) => (i) =>
    (kernel[i] as number) * (scale[channelAt(i)] as number),
  ); // prettier-ignore
  const inputs = [x, graph.addConstant(`${kernelName}/scaled`, weights)];
  const term = shifted(bias, scale, shift);
  if (term) inputs.push(graph.addConstant(`${affine.output}/bias`, term));
  const { activation } = affine;
  graph.remove(maker);
  graph.replace({ ...maker, ...(activation ? { activation } : {}), inputs, output: affine.output } as GraphNode); // prettier-ignore
}

/** By the index of a weight, the output channel that it is for; undefined for operations that have no weights. */
function channelOf(
  { op }: GraphNode,
  weights: Constant | undefined,
): ((index: number) => number) | undefined {
  if (!weights) return undefined;
  const [rows = 1, channels = 1] = weights.shape.slice(-2);
  switch (op) {
    case 'conv2d':
    case 'dense':
      return (i) => i % channels;
    case 'scaleShift':
      return (i) => i;
    case 'depthwiseConv2d':
      return (i) => i % (rows * channels);
    case 'conv2dTranspose':
      return (i) => Math.floor(i / channels) % rows;
    default:
      return undefined;
  }
}

/** bias · scale + shift, where there is any of it. */
function shifted(
  bias: Constant | undefined,
  scale: Constant,
  shift: Constant | undefined,
): Constant | undefined {
  if (!bias) return shift;
  const from = shift ? [bias, scale, shift] : [bias, scale];
  return computed(scale.shape, from, (bias, scale, shift) => (i) =>
    (bias[i] as number) * (scale[i] as number) + (shift?.[i] ?? 0),
  ); // prettier-ignore
}
