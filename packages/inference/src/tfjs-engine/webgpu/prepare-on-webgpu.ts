// Convolutions on the backend 'webgpu', where four channels lie together; others are left to tfjs.

import * as tf from '@tensorflow/tfjs-core';
import type { Conv2dNode, DepthwiseConv2dNode } from '../../graph/node.js';
import { activate, boundsOf } from '../activate.js';
import type { PrepareKernel, Run, Weights } from '../kernel.js';
import { tfjsPadding, tuple } from '../padding.js';
import { isOfPoints } from '../points.js';
import { convolutionShader, integerNames, PIXELS } from './convolution-shader.js';
import { asFloats, dispatch } from './webgpu-backend.js';

export const prepareOnWebgpu: PrepareKernel = (node, weights) => {
  if (node.op !== 'conv2d' && node.op !== 'depthwiseConv2d') return undefined;
  const [, , channels, filters] = weights.shape(node.inputs[1] as string) as Kernel;
  const isFit =
    node.op === 'conv2d'
      ? node.groups === 1 && filters % 4 === 0
      : filters === 1 && channels % 4 === 0;
  return isFit ? prepare(node, weights) : undefined;
};

/** Invocations that a GPU is busy with: where there are fewer, each does less. */
const ENOUGH = 2048;

type Kernel = [number, number, number, number];

async function prepare(node: Conv2dNode | DepthwiseConv2dNode, weights: Weights): Promise<Run> {
  const [, kernelName, biasName] = node.inputs as [string, string, string?];
  const shape = weights.shape(kernelName) as Kernel;
  const kernel = await weights.tensor(kernelName);
  const bias = biasName === undefined ? [] : [await weights.tensor(biasName)];
  const bounds = boundsOf(node.activation);
  const kept = {
    hasBias: bias.length > 0,
    hasLeast: bounds?.min !== undefined,
    hasMost: bounds?.max !== undefined,
  };
  const isDepthwise = node.op === 'depthwiseConv2d';
  const window = [tuple(node.strides), tuple(node.dilations), tfjsPadding(node.padding)] as const;
  return (x) => {
    const info = tf.backend_util.computeConv2DInfo(
      x.shape as Kernel,
      ...([shape, ...window, undefined, isDepthwise] as const),
    );
    const isWide = info.inChannels % 4 === 0;
    const outVectors = info.outChannels / 4;
    const places = info.batchSize * info.outHeight * info.outWidth;
    if (places === 0) return tf.zeros(info.outShape);
    const tiles = Math.ceil(places / PIXELS) * outVectors;
    const vectors = !isDepthwise && outVectors % 2 === 0 && tiles >= 2 * ENOUGH ? 2 : 1;
    const integers: Record<(typeof integerNames)[number], number> = {
      ...info,
      ...{ places, outVectors, inVectors: isWide ? info.inChannels / 4 : info.inChannels },
      ...{ top: info.padInfo.top, left: info.padInfo.left },
    };
    const kind = { isDepthwise, isWide, isOfPoints: isOfPoints(info) && !isDepthwise };
    const y = dispatch({
      shader: convolutionShader({ ...kind, ...kept, vectors }),
      inputs: [asFloats(x), kernel, ...bias],
      outShape: info.outShape,
      integers: integerNames.map((name) => integers[name]),
      floats: [bounds?.min ?? 0, bounds?.max ?? 0],
      invocations: tiles / vectors,
    });
    return bounds ? y : activate(y, node.activation);
  };
}
