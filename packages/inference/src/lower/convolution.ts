// Convolutions: of all channels, of each, and of each and then all.

import type { Padding, Pair } from '../graph/node.js';
import { nameBeforeActivation } from './activation.js';
import { optionalWeight, type LayerCall, type Lowering } from './layer-call.js';
import { imagePair, kernelOf, onImages } from './on-images.js';

const conv: Lowering = (call) =>
  onImages(call, (x) => {
    const groups = Number(call.config.groups ?? 1);
    const inputs = [x, kernelOf(call, 'kernel'), optionalWeight(call, 'bias')];
    const operation = { op: 'conv2d', inputs, ...windowOf(call), groups } as const;
    return call.graph.add(nameBeforeActivation(call), operation);
  });

const depthwise: Lowering = (call) =>
  onImages(call, (x) => {
    const inputs = [x, kernelOf(call, 'depthwise_kernel'), optionalWeight(call, 'bias')];
    const operation = { op: 'depthwiseConv2d', inputs, ...windowOf(call) } as const;
    return call.graph.add(nameBeforeActivation(call), operation);
  });

const separable: Lowering = (call) =>
  onImages(call, (x) => {
    const wise = call.graph.add(`${call.name}/depthwise`, {
      ...{ op: 'depthwiseConv2d', inputs: [x, kernelOf(call, 'depthwise_kernel')] },
      ...windowOf(call),
    });
    const inputs = [wise, kernelOf(call, 'pointwise_kernel'), optionalWeight(call, 'bias')];
    return call.graph.add(nameBeforeActivation(call), { op: 'conv2d', inputs, ...pointwise });
  });

const none: Padding = [[0, 0], [0, 0]]; // prettier-ignore
const pointwise = { strides: [1, 1], dilations: [1, 1], padding: none, groups: 1 } as const;

interface Window {
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
}

function windowOf(call: LayerCall): Window {
  const { kernelSize, strides, dilationRate, padding } = call.config;
  // tfjs-layers writes no dilation as null; its depthwise layers ignore one.
  const isIgnored = !call.isGraft && call.className === 'DepthwiseConv2D';
  const dilations = imagePair(call, isIgnored ? 1 : (dilationRate ?? 1));
  const before = (imagePair(call, kernelSize)[1] - 1) * dilations[1];
  return {
    strides: imagePair(call, strides),
    dilations,
    padding: padding === 'causal' ? [[0, 0], [before, 0]] : padding === 'same' ? 'same' : none, // prettier-ignore
  };
}

export const convolutions: Readonly<Record<string, Lowering>> = {
  Conv1D: conv,
  Conv2D: conv,
  DepthwiseConv1D: depthwise,
  DepthwiseConv2D: depthwise,
  SeparableConv1D: separable,
  SeparableConv2D: separable,
};
