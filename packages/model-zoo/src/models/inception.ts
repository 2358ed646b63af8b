// What InceptionV3 and InceptionResNetV2 share: convolutions with normalization in branches, and how these begin and end.

import { averagePooling2d, batchNormalization, conv2d } from '@graftjs/layers';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Network } from './network.js';

/**
 * A convolution without bias, its normalization without scale, and a relu. `within` keeps windows inside the image, and
 * `halve` does so at every second place; else padding keeps height and width.
 */
export type Convolution = readonly [
  filters: number,
  /** Height and width, or the one number that both are. */
  kernelSize: number | [number, number],
  edges?: 'within' | 'halve',
];

/** Names of the three layers of a convolution; Keras numbers those that its sources leave unnamed. */
interface Names {
  readonly convolution: string;
  readonly normalization: string;
  readonly activation: string;
}

/** Convolutions one after the other. */
export function branch(
  net: Network,
  x: SymbolicTensor,
  ...convolutions: readonly Convolution[]
): SymbolicTensor {
  return convolutions.reduce((y, convolution) => convolve(net, y, convolution), x);
}

export function convolve(
  net: Network,
  x: SymbolicTensor,
  [filters, kernelSize, edges]: Convolution,
  names?: Names,
): SymbolicTensor {
  const padding = edges === undefined ? 'same' : 'valid';
  const settings = { filters, kernelSize, padding, strides: edges === 'halve' ? 2 : 1 } as const;
  const name = names?.convolution ?? net.autoName('conv2d');
  x = net.add(conv2d({ ...settings, useBias: false, name }), x);
  const bn = names?.normalization ?? net.autoName('batch_normalization');
  x = net.add(batchNormalization({ axis: 3, scale: false, name: bn }), x);
  return relu(net, x, names?.activation ?? net.autoName('activation'));
}

export function relu(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  return net.add(layers.activation({ activation: 'relu', name }), x);
}

/** How both begin: [batch, 299, 299, 3] → [batch, 35, 35, 192]. */
export function stem(net: Network): SymbolicTensor {
  const x = branch(net, net.input, [32, 3, 'halve'], [32, 3, 'within'], [64, 3]);
  const y = branch(net, maxPool(net, x), [80, 1, 'within'], [192, 3, 'within']);
  return maxPool(net, y);
}

/** The largest of 3 × 3 values, at every second place. */
export function maxPool(net: Network, x: SymbolicTensor): SymbolicTensor {
  const name = net.autoName('max_pooling2d');
  return net.add(layers.maxPooling2d({ poolSize: 3, strides: 2, name }), x);
}

/** The mean of 3 × 3 values, mixed to so many channels. */
export function mixedMean(net: Network, x: SymbolicTensor, filters: number): SymbolicTensor {
  const name = net.autoName('average_pooling2d');
  const mean = averagePooling2d({ poolSize: 3, strides: 1, padding: 'same', name });
  return branch(net, net.add(mean, x), [filters, 1]);
}

/** Branches side by side, as channels of one tensor. */
export function concatenate(
  net: Network,
  branches: SymbolicTensor[],
  name: string,
): SymbolicTensor {
  return net.add(layers.concatenate({ axis: 3, name }), branches);
}
