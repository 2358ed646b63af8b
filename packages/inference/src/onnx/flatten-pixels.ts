// The first convolution takes images as they come, with their channels last, though ONNX has them first: nothing is transposed.

import type { Constant } from '../graph/constant.js';
import type { InferenceGraph } from '../graph/graph.js';
import type { Conv2dNode, GraphNode, ReshapeNode } from '../graph/node.js';
import type { Shape } from '../graph/shape.js';
import { paddingOf } from './padding.js';

/** From 8 channels on a processor's kernels take channels in blocks, and are faster. */
const MOST_CHANNELS = 4;

/**
 * Makes the pixels of a row one line of numbers in one channel, where a convolution takes them straight from the graph's input:
 * kernels, steps and padding become as many times wider as there are channels, and the sums stay the same.
 */
export function flattenPixels(graph: InferenceGraph): InferenceGraph {
  const constants = new Map(graph.constants);
  const shapes = new Map(graph.shapes);
  const nodes = graph.nodes.flatMap((node): readonly GraphNode[] => {
    const flat = flattened(graph, node);
    if (!flat) return [node];
    const { rows, kernel, convolution } = flat;
    constants.set(convolution.inputs[1] as string, kernel);
    shapes.set(rows.output, rows.shape);
    return [rows, convolution];
  });
  return { ...graph, nodes, constants, shapes };
}

interface Flattened {
  readonly rows: ReshapeNode;
  readonly kernel: Constant;
  readonly convolution: Conv2dNode;
}

function flattened(graph: InferenceGraph, node: GraphNode): Flattened | undefined {
  if (node.op !== 'conv2d' || node.groups !== 1 || node.dilations[1] !== 1) return undefined;
  const { strides, output } = node;
  const [input, kernelName, ...bias] = node.inputs as [string, string, string?];
  const isInput = graph.inputs.some(({ name }) => name === input);
  const images = graph.shapes.get(input) as Shape;
  const [, height, width, channels] = images;
  if (!isInput || !height || !width || !channels || channels > MOST_CHANNELS) return undefined;
  const kernel = graph.constants.get(kernelName) as Constant;
  const [tall, wide, , filters] = kernel.shape as [number, number, number, number];
  const edges = paddingOf(images, { ...node, size: [tall, wide] });
  if (!('pads' in edges)) return undefined;
  const [top, left, bottom, right] = edges.pads as [number, number, number, number];
  const names = { rows: `${output}/rows`, kernel: `${output}/kernel_of_rows` };
  const shape = [null, height, width * channels, 1] as const;
  return {
    rows: { op: 'reshape', inputs: [input], output: names.rows, shape },
    // The same numbers in the same order.
    kernel: { ...kernel, shape: [tall, wide * channels, 1, filters] },
    convolution: {
      ...node,
      inputs: [names.rows, names.kernel, ...(bias as string[])],
      strides: [strides[0], strides[1] * channels],
      padding: [
        [top, bottom],
        [left * channels, right * channels],
      ],
    },
  };
}
