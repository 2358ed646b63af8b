// Windows of images: the largest of each, or the average.

import * as tf from '@tensorflow/tfjs-core';
import type { Padding, PoolNode } from '../graph/node.js';
import { imageEnds, isNone, tuple } from './padding.js';

export function pool(node: PoolNode, x: tf.Tensor4D): tf.Tensor {
  const { padding } = node;
  const slide = (images: tf.Tensor4D, pad: 'same' | 'valid') => {
    const kernel = node.op === 'maxPool' ? tf.maxPool : tf.avgPool;
    return kernel(images, tuple(node.size), tuple(node.strides), pad);
  };
  if (padding === 'same') return slide(x, 'same');
  if (isNone(padding)) return slide(x, 'valid');
  // Not every backend takes numbers.
  if (node.op === 'maxPool') return slide(surround(x, padding, LOWEST), 'valid');
  const ones = tf.ones<tf.Rank.R4>([1, x.shape[1], x.shape[2], 1]);
  const share = slide(surround(ones, padding, 0), 'valid');
  return tf.div(slide(surround(x, padding, 0), 'valid'), share);
}

/** Of float32. */
const LOWEST = -3.4028234663852886e38;

function surround(x: tf.Tensor4D, padding: Exclude<Padding, 'same'>, value: number): tf.Tensor4D {
  return tf.pad(x, imageEnds(padding), value);
}
