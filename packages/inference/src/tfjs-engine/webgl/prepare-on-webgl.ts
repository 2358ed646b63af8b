// Convolutions on the backend 'webgl', where channels divide into parts or pairs; others are left to tfjs.

import * as tf from '@tensorflow/tfjs-core';
import type { Conv2dNode, DepthwiseConv2dNode } from '../../graph/node.js';
import { activate, boundsOf } from '../activate.js';
import { compute } from '../compute.js';
import type { PrepareKernel, Run, Weights } from '../kernel.js';
import { tfjsPadding, tuple } from '../padding.js';
import { convolveDepthwise } from './convolve-depthwise.js';
import { convolve } from './convolve.js';
import { mostOutputs } from './webgl-backend.js';

type Kernel = [number, number, number, number];

export const prepareOnWebgl: PrepareKernel = (node, weights) => {
  // The shaders are those of WebGL 2, for textures as tfjs packs them by default.
  if (tf.env().getNumber('WEBGL_VERSION') !== 2 || !tf.env().getBool('WEBGL_PACK'))
    return undefined;
  if (node.op !== 'conv2d' && node.op !== 'depthwiseConv2d') return undefined;
  const [, , channels, filters] = weights.shape(node.inputs[1] as string) as Kernel;
  const isFit =
    node.op === 'conv2d'
      ? node.groups === 1 && filters % 4 === 0 && mostOutputs() >= 4
      : filters === 1 && channels % 2 === 0;
  return isFit ? prepare(node, weights) : undefined;
};

async function prepare(node: Conv2dNode | DepthwiseConv2dNode, weights: Weights): Promise<Run> {
  const [, kernelName, biasName] = node.inputs as [string, string, string?];
  const kernel = (await weights.tensor(kernelName)) as tf.Tensor4D;
  const bias = biasName === undefined ? [] : [await weights.tensor(biasName)];
  const bounds = boundsOf(node.activation);
  const isDepthwise = node.op === 'depthwiseConv2d';
  const window = [tuple(node.strides), tuple(node.dilations), tfjsPadding(node.padding)] as const;
  return (given) => {
    const x = tf.cast(given, 'float32');
    const info = tf.backend_util.computeConv2DInfo(
      x.shape as Kernel,
      ...([kernel.shape, ...window, undefined, isDepthwise] as const),
    );
    if (tf.util.sizeFromShape(info.outShape) === 0) return tf.zeros(info.outShape);
    const run = isDepthwise ? convolveDepthwise : convolve;
    const y = run({ info, x, kernel, bias, bounds: bounds ?? {} });
    if (!y) return compute(node, [x, kernel, ...bias]);
    return bounds ? y : activate(y, node.activation);
  };
}
