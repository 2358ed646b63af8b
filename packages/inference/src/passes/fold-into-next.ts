// A scale and a shift before a convolution or dense layer become part of its weights: W · s, and b + Σ W · t. With zeros around
// the image this is not so: they have no shift.

import { computed, type Constant } from '../graph/constant.js';
import type { GraphNode, ScaleShiftNode } from '../graph/node.js';
import type { WorkingGraph } from './working-graph.js';

export function foldIntoNext(graph: WorkingGraph): void {
  for (const node of graph.nodes()) {
    if (node.op === 'scaleShift' && !node.activation) fold(graph, node);
  }
}

function fold(graph: WorkingGraph, affine: ScaleShiftNode): void {
  const [x, scaleName, shiftName] = affine.inputs as [string, string, string?];
  const next = graph.onlyTaker(affine.output);
  const [given, kernelName, biasName] = (next?.inputs ?? []) as [string?, string?, string?];
  const kernel = graph.constant(kernelName);
  const shift = graph.constant(shiftName);
  if (!next || !kernel || given !== affine.output) return;
  const places = placesOf(next, kernel, shift !== undefined);
  if (!places) return;
  const scale = graph.constant(scaleName) as Constant;
  const weights = computed(kernel.shape, [kernel, scale], (kernel, scale) => (i) =>
    (kernel[i] as number) * (scale[places.input(i)] as number),
  ); // prettier-ignore
  const inputs = [x, graph.addConstant(`${kernelName}/scaled`, weights)];
  const term = shift
    ? biasOf(kernel, shift, graph.constant(biasName), places)
    : graph.constant(biasName);
  if (term) inputs.push(graph.addConstant(`${next.output}/bias`, term));
  graph.remove(affine);
  graph.replace({ ...next, inputs } as GraphNode);
}

/** Of a weight, by its index: the channels that it goes from and to. */
interface Places {
  readonly channels: number;
  input(index: number): number;
  output(index: number): number;
}

function placesOf(node: GraphNode, { shape }: Constant, shifts: boolean): Places | undefined {
  const [rows, columns] = shape.slice(-2) as [number, number];
  switch (node.op) {
    case 'dense':
      return {
        channels: columns,
        input: (i) => Math.floor(i / columns),
        output: (i) => i % columns,
      };
    case 'conv2d':
      if (node.groups > 1 || (shifts && !isUnpadded(node))) return undefined;
      return { channels: columns, input: (i) => Math.floor(i / columns) % rows, output: (i) => i % columns }; // prettier-ignore
    case 'depthwiseConv2d': {
      if (shifts && !isUnpadded(node)) return undefined;
      const channels = rows * columns;
      return { channels, input: (i) => Math.floor((i % channels) / columns), output: (i) => i % channels }; // prettier-ignore
    }
    default:
      return undefined;
  }
}

function isUnpadded({
  padding,
}: Extract<GraphNode, { op: 'conv2d' | 'depthwiseConv2d' }>): boolean {
  return padding !== 'same' && padding.flat().every((length) => length === 0);
}

/** bias + Σ kernel · shift */
function biasOf(
  kernel: Constant,
  shift: Constant,
  bias: Constant | undefined,
  places: Places,
): Constant {
  const from = bias ? [kernel, shift, bias] : [kernel, shift];
  return computed([places.channels], from, (kernel, shift, bias) => {
    const sums = new Float64Array(places.channels);
    for (const [i, weight] of kernel.entries()) {
      const output = places.output(i);
      sums[output] = (sums[output] as number) + weight * (shift[places.input(i)] as number);
    }
    return (i) => (sums[i] as number) + (bias?.[i] ?? 0);
  });
}
