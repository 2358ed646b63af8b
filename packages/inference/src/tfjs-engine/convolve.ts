// Convolutions, by the fused kernels of tfjs.

import * as tf from '@tensorflow/tfjs-core';
import type { Conv2dNode, Conv2dTransposeNode, DepthwiseConv2dNode } from '../graph/node.js';
import { activate, splitActivation } from './activate.js';
import { imageEnds, tfjsPadding, tuple } from './padding.js';

type Inputs = readonly [x: tf.Tensor4D, kernel: tf.Tensor4D, bias?: tf.Tensor1D];

export function convolve(node: Conv2dNode, [x, kernel, bias]: Inputs): tf.Tensor {
  const { fused, rest } = splitActivation(node.activation);
  const window = {
    strides: tuple(node.strides),
    pad: tfjsPadding(node.padding),
    dilations: tuple(node.dilations),
  };
  if (node.groups === 1) {
    const y = tf.fused.conv2d({ x, filter: kernel, ...window, ...(bias && { bias }), ...fused });
    return activate(y, rest);
  }
  const kernels = tf.split(kernel, node.groups, 3);
  const parts = tf.split(x, node.groups, 3).map((part, i) => {
    const filter = kernels[i] as tf.Tensor4D;
    return tf.conv2d(
      part as tf.Tensor4D,
      filter,
      window.strides,
      window.pad,
      'NHWC',
      window.dilations,
    );
  });
  const y = tf.concat(parts, 3);
  return activate(bias ? tf.add(y, bias) : y, node.activation);
}

export function convolveDepthwise(node: DepthwiseConv2dNode, [x, kernel, bias]: Inputs): tf.Tensor {
  const { fused, rest } = splitActivation(node.activation);
  const pad = tfjsPadding(node.padding);
  // TensorFlow's shape inference ends the process at a depthwise convolution in a graph that has padding of its own.
  const isApart = Array.isArray(pad) && tf.getBackend() === 'tensorflow';
  const y = tf.fused.depthwiseConv2d({
    x: isApart ? tf.pad(x, pad) : x,
    ...{ filter: kernel, ...(bias && { bias }), ...fused },
    strides: tuple(node.strides),
    // It takes numbers for the ends as well, which its type does not say.
    pad: isApart ? 'valid' : (pad as 'same' | 'valid'),
    dilations: tuple(node.dilations),
  });
  return activate(y, rest);
}

/** The whole of what the kernel reaches, then cut to the output, or continued with zeros. */
export function convolveTransposed(
  node: Conv2dTransposeNode,
  [x, kernel, bias]: Inputs,
): tf.Tensor {
  const filter = spread(kernel, node.dilations);
  const reach = filter.shape.slice(0, 2) as [number, number];
  const [height, width] = reach.map((size, i) => {
    const length = x.shape[i + 1] as number;
    return (length - 1) * (node.strides[i] as number) + size;
  }) as [number, number];
  const shape: [number, number, number, number] = [x.shape[0], height, width, filter.shape[2]];
  const whole = tf.conv2dTranspose(x, filter, shape, tuple(node.strides), 'valid');
  const y = reshaped(whole, node.padding);
  return activate(bias ? tf.add(y, bias) : y, node.activation);
}

/** Cuts off what is positive, and adds zeros where it is negative. */
function reshaped(x: tf.Tensor4D, padding: Conv2dTransposeNode['padding']): tf.Tensor {
  const ends = imageEnds(padding);
  const begin = ends.map(([before]) => Math.max(before, 0));
  const size = ends.map(
    ([before, after], i) => (x.shape[i] as number) - Math.max(before, 0) - Math.max(after, 0),
  );
  const zeros = ends.map(([before, after]): [number, number] => [
    Math.max(-before, 0),
    Math.max(-after, 0),
  ]);
  return tf.pad(tf.slice(x, begin, size), zeros);
}

/** A kernel with its dilation made part of it, since the gradient that computes the transpose takes none. */
function spread(
  kernel: tf.Tensor4D,
  [rows, columns]: Conv2dTransposeNode['dilations'],
): tf.Tensor4D {
  if (rows === 1 && columns === 1) return kernel;
  const [height, width, filters, channels] = kernel.shape;
  // In four dimensions, as not every backend pads more.
  const inner = filters * channels;
  const tall = tf.pad(tf.reshape(kernel, [height, 1, width, inner]), [
    [0, 0],
    [0, rows - 1],
    [0, 0],
    [0, 0],
  ]);
  const each = tf.reshape(tall, [height * rows, width, 1, inner]);
  const wide = tf.pad(each, [
    [0, 0],
    [0, 0],
    [0, columns - 1],
    [0, 0],
  ]);
  const whole = tf.reshape(wide, [
    height * rows,
    width * columns,
    filters,
    channels,
  ]) as tf.Tensor4D;
  const size = [(height - 1) * rows + 1, (width - 1) * columns + 1, filters, channels];
  return tf.slice(whole, [0, 0, 0, 0], size as [number, number, number, number]);
}
