// What a node gives, computed by tfjs on whatever backend is active.

import * as tf from '@tensorflow/tfjs-core';
import { axisFromFront } from '../graph/shape.js';
import type {
  BinaryNode,
  DenseNode,
  GraphNode,
  ReduceNode,
  ReshapeNode,
  ResizeNode,
  UnaryNode,
} from '../graph/node.js';
import { activate, splitActivation } from './activate.js';
import { convolve, convolveDepthwise, convolveTransposed } from './convolve.js';
import { pool } from './pool.js';
import { recur } from './recur.js';

type Inputs = readonly tf.Tensor[];
/** What convolutions take. */
type Kernels = readonly [tf.Tensor4D, tf.Tensor4D, tf.Tensor1D?];

/** @param inputs the tensors of the node's inputs */
export function compute(node: GraphNode, inputs: Inputs): tf.Tensor {
  const [x, second, third] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor | undefined];
  switch (node.op) {
    case 'conv2d':
      return convolve(node, inputs as Kernels);
    case 'depthwiseConv2d':
      return convolveDepthwise(node, inputs as Kernels);
    case 'conv2dTranspose':
      return convolveTransposed(node, inputs as Kernels);
    case 'dense':
      return dense(node, inputs);
    case 'matMul':
      return tf.matMul(x, second);
    case 'scaleShift': {
      const scaled = tf.mul(x, second);
      return activate(third ? tf.add(scaled, third) : scaled, node.activation);
    }
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
    case 'min':
      return activate(binary[node.op](x, second), node.activation);
    case 'activation':
      return activate(x, node.activation);
    case 'sqrt':
    case 'rsqrt':
    case 'square':
      return unary[node.op](x);
    case 'softmax':
      return softmax(x, axisFromFront(node.axis, x.rank));
    case 'concat':
      return tf.concat([...inputs], axisFromFront(node.axis, x.rank));
    case 'maxPool':
    case 'avgPool':
      return pool(node, x as tf.Tensor4D);
    case 'reduceMean':
    case 'reduceMax':
    case 'reduceSum':
      return reduce[node.op](x, [...node.axes], node.keepDims);
    case 'pad':
      return tf.pad(
        x,
        node.ends.map(([before, after]) => [before, after]),
        node.value,
      );
    case 'crop': {
      const size = x.shape.map(
        (length, i) => length - (node.ends[i] ?? [0, 0]).reduce((a, b) => a + b),
      );
      return tf.slice(
        x,
        node.ends.map(([before]) => before),
        size,
      );
    }
    case 'reshape':
      return tf.reshape(x, lengthsOf(node, x));
    case 'transpose':
      return tf.transpose(x, [...node.order]);
    case 'reverse':
      return tf.reverse(x, axisFromFront(node.axis, x.rank));
    case 'recurrent':
      return recur(node, inputs);
    case 'resize':
      return resize(node, x as tf.Tensor4D);
    case 'embedding':
      return tf.gather(second, tf.cast(x, 'int32'));
    case 'localResponseNormalization':
      return tf.localResponseNormalization(
        x as tf.Tensor4D,
        node.radius,
        node.bias,
        node.alpha,
        node.beta,
      );
  }
}

const binary: Readonly<Record<BinaryNode['op'], (a: tf.Tensor, b: tf.Tensor) => tf.Tensor>> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  max: tf.maximum,
  min: tf.minimum,
};

const unary: Readonly<Record<UnaryNode['op'], (x: tf.Tensor) => tf.Tensor>> = {
  sqrt: tf.sqrt,
  rsqrt: tf.rsqrt,
  square: tf.square,
};

type Reduce = (x: tf.Tensor, axes: number[], keepDims: boolean) => tf.Tensor;

const reduce: Readonly<Record<ReduceNode['op'], Reduce>> = {
  reduceMean: tf.mean,
  reduceMax: tf.max,
  reduceSum: tf.sum,
};

function dense(node: DenseNode, [x, kernel, bias]: Inputs): tf.Tensor {
  const { fused, rest } = splitActivation(node.activation);
  const [rows, units] = [x as tf.Tensor, kernel as tf.Tensor2D];
  const a = tf.reshape(rows, [-1, units.shape[0]]);
  const y = tf.fused.matMul({ a, b: units, ...(bias && { bias }), ...fused });
  return activate(tf.reshape(y, [...rows.shape.slice(0, -1), units.shape[1]]), rest);
}

/** At most one is not known: another one than the batch's, or else that. */
function lengthsOf({ shape: [, ...rest] }: ReshapeNode, { shape: [batch] }: tf.Tensor): number[] {
  const isOpen = rest.includes(null);
  return [isOpen ? (batch as number) : -1, ...rest.map((length) => length ?? -1)];
}

function softmax(x: tf.Tensor, axis: number): tf.Tensor {
  if (axis === x.rank - 1) return tf.softmax(x);
  const powers = tf.exp(tf.sub(x, tf.max(x, axis, true)));
  return tf.div(powers, tf.sum(powers, axis, true));
}

function resize({ method, to, halfPixelCenters }: ResizeNode, x: tf.Tensor4D): tf.Tensor {
  const [height, width] = [x.shape[1], x.shape[2]];
  const size: [number, number] =
    'size' in to ? [...to.size] : [height * to.times[0], width * to.times[1]];
  const kernel = method === 'nearest' ? tf.image.resizeNearestNeighbor : tf.image.resizeBilinear;
  return kernel(x, size, false, halfPixelCenters);
}
