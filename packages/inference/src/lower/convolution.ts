// Convolutions of images, and of sequences, which are images of height 1.

import type { Constant } from '../graph/constant.js';
import type { Value } from '../graph/graph-builder.js';
import type { Padding, Pair } from '../graph/node.js';
import { activated, nameBeforeActivation } from './activation.js';
import {
  cannotLower,
  inputOf,
  needChannelsLast,
  optionalWeight,
  pairOf,
  type LayerCall,
  type Lowering,
} from './layer-call.js';

interface Window {
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
}

const conv: Lowering = (call) =>
  slide(call, (x, window) => {
    const groups = Number(call.config.groups ?? 1);
    const inputs = [x, kernelOf(call, 'kernel'), optionalWeight(call, 'bias')];
    return call.graph.add(nameBeforeActivation(call), { op: 'conv2d', inputs, ...window, groups });
  });

const depthwise: Lowering = (call) =>
  slide(call, (x, window) => {
    const inputs = [x, kernelOf(call, 'depthwise_kernel'), optionalWeight(call, 'bias')];
    return call.graph.add(nameBeforeActivation(call), { op: 'depthwiseConv2d', inputs, ...window });
  });

const separable: Lowering = (call) =>
  slide(call, (x, window) => {
    const wise = call.graph.add(`${call.name}/depthwise`, {
      ...{ op: 'depthwiseConv2d', inputs: [x, kernelOf(call, 'depthwise_kernel')], ...window },
    });
    const inputs = [wise, kernelOf(call, 'pointwise_kernel'), optionalWeight(call, 'bias')];
    return call.graph.add(nameBeforeActivation(call), { op: 'conv2d', inputs, ...pointwise });
  });

const pointwise = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
  groups: 1,
} as const;

/** Brings sequences to images and back, and applies the activation. */
function slide(call: LayerCall, convolve: (x: Value, window: Window) => Value): Value {
  needChannelsLast(call);
  const x = inputOf(call);
  const { strides, dilationRate, padding } = call.config;
  const isSequence = x.shape.length === 3;
  if (!isSequence && x.shape.length !== 4) cannotLower(call, 'it convolves volumes');
  // tfjs-layers writes no dilation as null; its depthwise layers ignore one.
  const ignored = !call.isGraft && call.className === 'DepthwiseConv2D';
  const dilation = ignored ? 1 : (dilationRate ?? 1);
  if (!isSequence) {
    const window = { strides: pairOf(strides), dilations: pairOf(dilation) };
    return activated(call, convolve(x, { ...window, padding: paddingOf(padding) }));
  }
  const [stride, rate] = [[strides].flat()[0], [dilation].flat()[0]] as [number, number];
  const [, length = null, channels = null] = x.shape;
  const image = call.graph.add(`${call.name}/image`, {
    ...{ op: 'reshape', inputs: [x], shape: [null, 1, length, channels] },
  });
  const size = [call.config.kernelSize].flat()[0] as number;
  const window: Window = {
    strides: [1, stride],
    dilations: [1, rate],
    padding: padding === 'causal' ? [[0, 0], [(size - 1) * rate, 0]] : paddingOf(padding), // prettier-ignore
  };
  const y = activated(call, convolve(image, window));
  return call.graph.add(`${call.name}/sequence`, {
    ...{ op: 'reshape', inputs: [y], shape: [null, y.shape[2] ?? null, y.shape[3] ?? null] },
  });
}

function paddingOf(padding: unknown): Padding {
  return padding === 'same' ? 'same' : pointwise.padding;
}

/** A kernel of images; that of sequences has one length less. */
function kernelOf(call: LayerCall, name: string): Value {
  const kernel = call.weight(name);
  if (!kernel) return cannotLower(call, `it has no weight ${name}`);
  return call.graph.constant(`${call.name}/${name}`, imageKernel(kernel));
}

const imageKernels = new WeakMap<Constant, Constant>();

function imageKernel(kernel: Constant): Constant {
  if (kernel.shape.length !== 3) return kernel;
  const known = imageKernels.get(kernel) ?? { shape: [1, ...kernel.shape], read: kernel.read };
  imageKernels.set(kernel, known);
  return known;
}

export const convolutions: Readonly<Record<string, Lowering>> = {
  Conv1D: conv,
  Conv2D: conv,
  DepthwiseConv1D: depthwise,
  DepthwiseConv2D: depthwise,
  SeparableConv1D: separable,
  SeparableConv2D: separable,
};
