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
  const length = runLength(maker, graph.constant(maker.inputs[1]));
  if (length === undefined || ('activation' in maker && maker.activation)) return;
  const [x, kernelName, biasName] = maker.inputs as [string, string, string?];
  const kernel = graph.constant(kernelName) as Constant;
  const bias = graph.constant(biasName);
  const scale = graph.constant(scaleName) as Constant;
  const shift = graph.constant(shiftName);
  const weights = scaled(kernel, scale, length);
  const inputs = [x, graph.addConstant(`${kernelName}/scaled`, weights)];
  const term = shifted(bias, scale, shift);
  if (term) inputs.push(graph.addConstant(`${affine.output}/bias`, term));
  const { activation } = affine;
  graph.remove(maker);
  graph.replace({ ...maker, ...(activation ? { activation } : {}), inputs, output: affine.output } as GraphNode); // prettier-ignore
}

/** How many weights in a row are for one output channel; undefined for operations that have no weights. */
function runLength({ op }: GraphNode, weights: Constant | undefined): number | undefined {
  switch (weights && op) {
    case 'conv2d':
    case 'dense':
    case 'scaleShift':
    case 'depthwiseConv2d':
      return 1;
    case 'conv2dTranspose':
      return weights?.shape.at(-1);
    default:
      return undefined;
  }
}

/** The first `length` weights times the first scale, the next ones times the second, and so on, over and over. */
function scaled(kernel: Constant, scale: Constant, length: number): Constant {
  const read = async () => {
    const [from, factors] = [await kernel.read(), await scale.read()];
    const to = new Float32Array(from.length);
    for (let i = 0; i < to.length;) {
      for (const factor of factors) {
        for (const end = i + length; i < end; i++) to[i] = (from[i] as number) * factor;
      }
    }
    return to;
  };
  return { shape: kernel.shape, read };
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
