// Convolutions on the backend 'cpu': as products of matrices whose kernels lie packed, four rows by four filters at a time.

import * as tf from '@tensorflow/tfjs-core';
import type { Conv2dNode } from '../graph/node.js';
import { activate, boundsOf } from './activate.js';
import type { PrepareKernel, Run, Weights } from './kernel.js';
import { multiplyRows, packFilters } from './multiply-rows.js';
import { tfjsPadding, tuple } from './padding.js';
import { isOfPoints } from './points.js';

export const prepareOnCpu: PrepareKernel = (node, weights) =>
  node.op === 'conv2d' && node.groups === 1 ? prepare(node, weights) : undefined;

/** Places of the output whose windows are copied beside each other at a time: few enough for the processor's cache. */
const BLOCK = 32;

async function prepare(node: Conv2dNode, weights: Weights): Promise<Run> {
  const [, kernel, bias] = node.inputs as [string, string, string?];
  const shape = weights.shape(kernel) as [number, number, number, number];
  const filters = shape[3];
  const packed = packFilters(await weights.values(kernel), filters);
  const start = bias === undefined ? new Float32Array(filters) : await weights.values(bias);
  const bounds = boundsOf(node.activation);
  const window = [tuple(node.strides), tuple(node.dilations), tfjsPadding(node.padding)] as const;
  return (x) => {
    const info = tf.backend_util.computeConv2DInfo(
      x.shape as [number, number, number, number],
      ...([shape, ...window] as const),
    );
    const images = x.dataSync() as Float32Array;
    const out = new Float32Array(tf.util.sizeFromShape(info.outShape));
    const product = { packed, start, out, ...(bounds ?? {}) };
    if (isOfPoints(info)) multiplyRows(images, out.length / filters, 0, product);
    else slide(info, images, product);
    const y = tf.tensor(out, info.outShape);
    return bounds ? y : activate(y, node.activation);
  };
}

/** Copies the windows of some places into rows, and multiplies those; and so on. */
function slide(
  info: tf.backend_util.Conv2DInfo,
  images: Float32Array,
  product: Parameters<typeof multiplyRows>[3],
): void {
  const { batchSize, outHeight, outWidth, filterHeight, filterWidth, inChannels } = info;
  const places = batchSize * outHeight * outWidth;
  const length = filterHeight * filterWidth * inChannels;
  const rows = new Float32Array(BLOCK * length);
  for (let first = 0; first < places; first += BLOCK) {
    const count = Math.min(BLOCK, places - first);
    rows.fill(0);
    for (let i = 0; i < count; i++) copyWindow(info, images, first + i, rows, i * length);
    multiplyRows(rows, count, first, product);
  }
}

function copyWindow(
  info: tf.backend_util.Conv2DInfo,
  images: Float32Array,
  place: number,
  rows: Float32Array,
  offset: number,
): void {
  const { outHeight, outWidth, inHeight, inWidth, inChannels, padInfo } = info;
  const column = (place % outWidth) * info.strideWidth - padInfo.left;
  const line = Math.floor(place / outWidth);
  const row = (line % outHeight) * info.strideHeight - padInfo.top;
  const image = Math.floor(line / outHeight) * inHeight;
  for (let i = 0; i < info.filterHeight; i++) {
    const y = row + i * info.dilationHeight;
    if (y < 0 || y >= inHeight) continue;
    for (let k = 0; k < info.filterWidth; k++) {
      const x = column + k * info.dilationWidth;
      if (x < 0 || x >= inWidth) continue;
      const from = ((image + y) * inWidth + x) * inChannels;
      const to = offset + (i * info.filterWidth + k) * inChannels;
      for (let c = 0; c < inChannels; c++) rows[to + c] = images[from + c] as number;
    }
  }
}
