// Volumes are sequences of images: what is done to them is done to the images, and along the sequence.

import type { Constant } from '../graph/constant.js';
import type { Value } from '../graph/graph-builder.js';
import type { Pair } from '../graph/node.js';
import { permuted, reshaped } from '../onnx/permuted.js';
import { activated } from './activation.js';
import { endsOf } from './conv-transpose.js';
import {
  cannotLower,
  inputOf,
  knownLengths,
  listOf,
  optionalWeight,
  type LayerCall,
  type Lowering,
} from './layer-call.js';
import { operationsOf } from './operations.js';

type Volume = [depth: number, height: number, width: number, channels: number];

const volumeOf = (call: LayerCall, x: Value) => knownLengths(call, x) as Volume;

/** Of settings of three dimensions, that of the depth and those of the images. */
function apart(setting: unknown): [number, Pair] {
  const [depth, ...image] = listOf(setting, 3) as [number, number, number];
  return [depth, image];
}

/** Zeros, or nothing, at the ends of the depth only. */
const alongDepth = (ends: readonly [number, number]) =>
  [[0, 0], ends, [0, 0], [0, 0], [0, 0]] as const; // prettier-ignore

/** [depth, height, width, a, b] as [height, width, depth · a, b]: all images of the kernel at once. */
function kernelOfImages(call: LayerCall): Value {
  const kernel = call.weight('kernel') ?? cannotLower(call, 'it has no weight kernel');
  const [depth, height, width, a, b] = kernel.shape as [number, number, number, number, number];
  const image: Constant = reshaped(permuted(kernel, [1, 2, 0, 3, 4]), [
    height,
    width,
    depth * a,
    b,
  ]);
  return call.graph.constant(`${call.name}/kernel`, image);
}

/** For each image of the result, those that the kernel sees lie beside each other, channel by channel. */
const conv3d: Lowering = (call) => {
  const { pad, reshape, concat } = operationsOf(call);
  const { config, graph, name } = call;
  const x = inputOf(call);
  const [depth, height, width, channels] = volumeOf(call, x);
  const [[size], [stride, strides], [step, dilations]] = [
    apart(config.kernelSize),
    apart(config.strides),
    apart(config.dilationRate ?? 1),
  ];
  const isSame = config.padding === 'same';
  const reach = (size - 1) * step + 1;
  const count = Math.ceil((isSame ? depth : depth - reach + 1) / stride);
  const before = isSame ? Math.floor(Math.max((count - 1) * stride + reach - depth, 0) / 2) : 0;
  const after = Math.max((size - 1) * step + count * stride - depth - before, 0);
  const padded = pad(x, alongDepth([before, after]));
  const taps = Array.from({ length: size }, (_, i) => every(call, padded, i * step, count, stride));
  const groups = Number(config.groups ?? 1);
  const seen = Array.from({ length: groups }, (_, group) =>
    taps.map((tap) => channelsOf(call, tap, group, channels / groups)),
  ).flat();
  const frames = reshape(concat(seen, 4), [null, height, width, size * channels]);
  const inputs = [frames, kernelOfImages(call), optionalWeight(call, 'bias')];
  const padding = isSame ? 'same' : ([[0, 0], [0, 0]] as const); // prettier-ignore
  const y = graph.add(`${name}/images`, { op: 'conv2d', inputs, strides, dilations, padding, groups }); // prettier-ignore
  return activated(call, reshape(y, [null, count, ...y.shape.slice(1)]));
};

/** `count` of the images, from `start` on every `stride`-th one. */
function every(call: LayerCall, x: Value, start: number, count: number, stride: number): Value {
  const { crop, reshape } = operationsOf(call);
  const [depth, ...image] = volumeOf(call, x);
  const run = crop(x, alongDepth([start, depth - start - count * stride]));
  if (stride === 1) return run;
  const size = image.reduce((a, b) => a * b);
  const firsts = crop(reshape(run, [null, stride, size]), [[0, 0], [0, stride - 1], [0, 0]]); // prettier-ignore
  return reshape(firsts, [null, count, ...image]);
}

/** The part-th so many channels. */
function channelsOf(call: LayerCall, x: Value, part: number, count: number): Value {
  const others = x.shape.slice(1).map(() => [0, 0] as const);
  const all = x.shape.at(-1) as number;
  const ends = [part * count, all - (part + 1) * count] as const;
  return operationsOf(call).crop(x, [...others, ends]);
}

/** Each image by each tap of the kernel; then the taps' results are set apart by the strides, shifted, and added up. */
const conv3dTranspose: Lowering = (call) => {
  const { reshape, pad, crop, add } = operationsOf(call);
  const { config, graph, name } = call;
  const x = inputOf(call);
  const [depth, height, width, channels] = volumeOf(call, x);
  const [size] = apart(config.kernelSize);
  const [[stride, strides], [step, dilations]] = [apart(config.strides), apart(config.dilationRate ?? 1)]; // prettier-ignore
  const [deep, vertical, horizontal] = endsOfVolume(call);
  const y = graph.add(`${name}/images`, {
    op: 'conv2dTranspose',
    inputs: [reshape(x, [null, height, width, channels]), kernelOfImages(call)],
    ...{ strides, dilations, padding: [vertical, horizontal] },
  });
  const [rows, columns] = knownLengths(call, y) as [number, number];
  const filters = Number(config.filters);
  const [before, after] = deep;
  const length = (depth - 1) * stride + (size - 1) * step + 1 - before - after;
  const whole = Math.max(depth * stride + (size - 1) * step, before + length);
  const parts = Array.from({ length: size }, (_, i) => {
    const images = reshape(channelsOf(call, y, i, filters), [null, 1, rows * columns * filters]);
    const spread = pad(images, [[0, 0], [0, stride - 1], [0, 0]]); // prettier-ignore
    const volume = reshape(spread, [null, depth * stride, rows, columns, filters]);
    return pad(volume, alongDepth([i * step, whole - depth * stride - i * step]));
  });
  const sum = crop(parts.reduce(add), alongDepth([before, whole - before - length]));
  const bias = optionalWeight(call, 'bias');
  return activated(call, bias ? add(sum, bias) : sum);
};

type Ends = readonly [number, number];

/** How far the kernel reaches over the ends of each dimension of the output. */
function endsOfVolume(call: LayerCall): [Ends, Ends, Ends] {
  const { kernelSize, dilationRate, strides, outputPadding } = call.config;
  const [sizes, steps] = [listOf(kernelSize, 3), listOf(dilationRate ?? 1, 3)];
  const extra = outputPadding == null ? [] : listOf(outputPadding, 3);
  return listOf(strides, 3).map((stride, i) => {
    const reach = ((sizes[i] as number) - 1) * (steps[i] as number) + 1;
    return endsOf(call, reach, stride, extra[i]);
  }) as [Ends, Ends, Ends];
}

/** Windows of each image, and then along the depth. */
export function poolVolumes(call: LayerCall, op: 'maxPool' | 'avgPool'): Value {
  const { reshape } = operationsOf(call);
  const { poolSize, strides } = call.config;
  const [depth, height, width, channels] = volumeOf(call, inputOf(call));
  const [[deep, size], [stride, steps]] = [apart(poolSize), apart(strides ?? poolSize)];
  const padding = call.config.padding === 'same' ? 'same' : ([[0, 0], [0, 0]] as const); // prettier-ignore
  const pool = (x: Value, size: Pair, strides: Pair) =>
    call.graph.add(`${call.name}/${op}`, { op, inputs: [x], size, strides, padding });
  const images = pool(reshape(inputOf(call), [null, height, width, channels]), size, steps);
  const [rows, columns] = knownLengths(call, images) as [number, number];
  const column = reshape(images, [null, depth, rows * columns, channels]);
  const pooled = pool(column, [deep, 1], [stride, 1]);
  return reshape(pooled, [null, pooled.shape[1] ?? null, rows, columns, channels]);
}

export const volumes: Readonly<Record<string, Lowering>> = {
  Conv3D: conv3d,
  Conv3DTranspose: conv3dTranspose,
};
