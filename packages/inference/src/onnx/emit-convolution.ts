// Convolutions: channels first, kernels as [outputs, inputs, height, width].

import type { Constant } from '../graph/constant.js';
import type {
  Conv2dNode,
  Conv2dTransposeNode,
  DepthwiseConv2dNode,
  Padding,
} from '../graph/node.js';
import { giveOutput, type Emission } from './emission.js';
import { paddingOf } from './padding.js';
import { permuted, reshaped } from './permuted.js';

type Node = Conv2dNode | DepthwiseConv2dNode | Conv2dTransposeNode;

export function emitConvolution(emission: Emission, node: Node): void {
  const { onnx, layouts } = emission;
  const [input, kernelName, biasName] = node.inputs as [string, string, string?];
  const kernel = layouts.constant(kernelName) as Constant;
  const [height, width] = kernel.shape as [number, number];
  const x = layouts.first(input);
  const bias = biasName && layouts.last(biasName);
  const { strides, dilations } = node;
  const attributes = { kernel_shape: [height, width], strides, dilations };
  giveOutput(emission, node, true, (output) => {
    if (node.op === 'conv2dTranspose') {
      const weights = onnx.kernel(kernelName, permuted(kernel, [3, 2, 0, 1]), 1);
      const edges = edgesOf(node.padding);
      onnx.node('ConvTranspose', [x, weights, bias], output, { ...attributes, ...edges });
      return;
    }
    const weights = onnx.kernel(kernelName, outputsFirst(node, kernel), 0);
    const group = node.op === 'conv2d' ? node.groups : (kernel.shape[2] as number);
    const window = { size: [height, width] as const, strides, dilations, padding: node.padding };
    const edges = paddingOf(layouts.shape(input), window);
    onnx.node('Conv', [x, weights, bias], output, { ...attributes, group, ...edges });
  });
}

function outputsFirst({ op }: Conv2dNode | DepthwiseConv2dNode, kernel: Constant): Constant {
  if (op === 'conv2d') return permuted(kernel, [3, 2, 0, 1]);
  const [height, width, channels, multiplier] = kernel.shape as [number, number, number, number];
  const shape = [channels * multiplier, 1, height, width];
  return reshaped(permuted(kernel, [2, 3, 0, 1]), shape);
}

/** What is cut off, and where the output goes on. */
function edgesOf([[top, bottom], [left, right]]: Exclude<Padding, 'same'>) {
  const cut = [top, left, bottom, right].map((length) => Math.max(length, 0));
  return { pads: cut, output_padding: [bottom, right].map((length) => Math.max(-length, 0)) };
}
