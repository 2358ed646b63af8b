// The two kinds of cells of NASNet-A, which a search found.

import { averagePooling2d, batchNormalization, conv2d, separableConv2d } from '@graftjs/layers';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Network } from './network.js';

/** What a cell takes: the output of the last one, that of the one before, its own channels, and a part of its name. */
export interface Cell {
  readonly x: SymbolicTensor;
  readonly previous: SymbolicTensor;
  readonly filters: number;
  readonly id: string;
}

export function relu(
  net: Network,
  x: SymbolicTensor,
  name = net.autoName('activation'),
): SymbolicTensor {
  return net.add(layers.activation({ activation: 'relu', name }), x);
}

export function normalize(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  return net.add(batchNormalization({ momentum: 0.9997, epsilon: 1e-3, name }), x);
}

function mix(net: Network, x: SymbolicTensor, filters: number, name: string): SymbolicTensor {
  const start = { useBias: false, kernelInitializer: 'heNormal' } as const;
  return net.add(conv2d({ filters, kernelSize: 1, padding: 'same', ...start, name }), x);
}

/** Zeros around the image, so that windows at every second place reach as far as with `same`. */
function padFor(net: Network, x: SymbolicTensor, size: number, name: string): SymbolicTensor {
  const half = Math.floor(size / 2);
  const ends = (length: number): [number, number] => [half - 1 + (length % 2), half];
  const [, height, width] = x.shape as [null, number, number, number];
  return net.add(layers.zeroPadding2d({ padding: [ends(height), ends(width)], name }), x);
}

/** Twice relu, separable convolution and normalization; the first at every second place where it `halves`. */
function separable(
  net: Network,
  x: SymbolicTensor,
  {
    filters,
    size,
    id,
    halves = false,
  }: { filters: number; size: number; id: string; halves?: boolean },
): SymbolicTensor {
  const convolution = { filters, kernelSize: size, useBias: false } as const;
  x = relu(net, x);
  if (halves) x = padFor(net, x, size, `separable_conv_1_pad_${id}`);
  const edges = halves
    ? ({ strides: 2, padding: 'valid' } as const)
    : ({ padding: 'same' } as const);
  const name = `separable_conv_1_${id}`;
  x = net.add(separableConv2d({ ...convolution, ...edges, name }), x);
  x = relu(net, normalize(net, x, `separable_conv_1_bn_${id}`));
  const second = { ...convolution, padding: 'same', name: `separable_conv_2_${id}` } as const;
  return normalize(net, net.add(separableConv2d(second), x), `separable_conv_2_bn_${id}`);
}

/** The mean of 3 × 3 values around each. */
function average(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  return net.add(averagePooling2d({ poolSize: 3, strides: 1, padding: 'same', name }), x);
}

function sum(
  net: Network,
  terms: [SymbolicTensor, SymbolicTensor],
  name = net.autoName('add'),
): SymbolicTensor {
  return net.add(layers.add({ name }), terms);
}

function concatenate(net: Network, parts: SymbolicTensor[], name: string): SymbolicTensor {
  return net.add(layers.concatenate({ axis: -1, name }), parts);
}

/** The output before the last one, with the size of the last one and the cell's channels. */
function adjust(net: Network, { x, previous, filters, id }: Cell): SymbolicTensor {
  if (previous === x) return x;
  if (previous.shape[2] !== x.shape[2]) return halvePrevious(net, { previous, filters, id });
  if (previous.shape[3] === filters) return previous;
  const projected = mix(net, relu(net, previous), filters, `adjust_conv_projection_${id}`);
  return normalize(net, projected, `adjust_bn_${id}`);
}

/** Takes every second place, and beside it every second place one further down and to the right. */
function halvePrevious(net: Network, { previous, filters, id }: Omit<Cell, 'x'>): SymbolicTensor {
  const p = relu(net, previous, `adjust_relu_1_${id}`);
  const half = (from: SymbolicTensor, number: 1 | 2): SymbolicTensor => {
    const name = `adjust_avg_pool_${number}_${id}`;
    const every = averagePooling2d({ poolSize: 1, strides: 2, name });
    return mix(net, net.add(every, from), Math.floor(filters / 2), `adjust_conv_${number}_${id}`);
  };
  const first = half(p, 1);
  const padding: [[number, number], [number, number]] = [[0, 1], [0, 1]]; // prettier-ignore
  let shifted = net.add(layers.zeroPadding2d({ padding, name: net.autoName('zero_padding2d') }), p);
  const cropping: typeof padding = [[1, 0], [1, 0]]; // prettier-ignore
  shifted = net.add(layers.cropping2D({ cropping, name: net.autoName('cropping2d') }), shifted);
  const both = concatenate(net, [first, half(shifted, 2)], net.autoName('concatenate'));
  return normalize(net, both, `adjust_bn_${id}`);
}

/** Keeps height and width: [batch, h, w, …] → [batch, h, w, 6 · filters]. */
export function normalCell(net: Network, cell: Cell): SymbolicTensor {
  const { x, filters, id } = cell;
  const p = adjust(net, cell);
  let h = mix(net, relu(net, x), filters, `normal_conv_1_${id}`);
  h = normalize(net, h, `normal_bn_1_${id}`);
  const by = (from: SymbolicTensor, size: number, part: string): SymbolicTensor =>
    separable(net, from, { filters, size, id: `normal_${part}_${id}` });
  const x1 = sum(net, [by(h, 5, 'left1'), by(p, 3, 'right1')], `normal_add_1_${id}`);
  const x2 = sum(net, [by(p, 5, 'left2'), by(p, 3, 'right2')], `normal_add_2_${id}`);
  const x3 = sum(net, [average(net, h, `normal_left3_${id}`), p], `normal_add_3_${id}`);
  const means = ['left', 'right'].map((side) => average(net, p, `normal_${side}4_${id}`));
  const x4 = sum(net, means as [SymbolicTensor, SymbolicTensor], `normal_add_4_${id}`);
  const x5 = sum(net, [by(h, 3, 'left5'), h], `normal_add_5_${id}`);
  return concatenate(net, [p, x1, x2, x3, x4, x5], `normal_concat_${id}`);
}

/** Halves height and width: [batch, h, w, …] → [batch, h / 2, w / 2, 4 · filters]. */
export function reductionCell(net: Network, cell: Cell): SymbolicTensor {
  const { x, filters, id } = cell;
  const p = adjust(net, cell);
  let h = mix(net, relu(net, x), filters, `reduction_conv_1_${id}`);
  h = normalize(net, h, `reduction_bn_1_${id}`);
  const padded = padFor(net, h, 3, `reduction_pad_1_${id}`);
  const by = (from: SymbolicTensor, size: number, part: string): SymbolicTensor =>
    separable(net, from, { filters, size, id: `reduction_${part}_${id}`, halves: true });
  const window = { poolSize: 3, strides: 2 };
  const largest = (part: string): SymbolicTensor =>
    net.add(layers.maxPooling2d({ ...window, name: `reduction_${part}_${id}` }), padded);
  const x1 = sum(net, [by(h, 5, 'left1'), by(p, 7, 'right1')], `reduction_add_1_${id}`);
  const x2 = sum(net, [largest('left2'), by(p, 7, 'right2')], `reduction_add_2_${id}`);
  const mean = averagePooling2d({ ...window, name: `reduction_left3_${id}` });
  const x3 = sum(net, [net.add(mean, padded), by(p, 5, 'right3')], `reduction_add3_${id}`);
  const x4 = sum(net, [x2, average(net, x1, `reduction_left4_${id}`)]);
  const left = separable(net, x1, { filters, size: 3, id: `reduction_left4_${id}` });
  const x5 = sum(net, [left, largest('right5')], `reduction_add4_${id}`);
  return concatenate(net, [x2, x3, x4, x5], `reduction_concat_${id}`);
}
