// Padding as the kernels of tfjs take it.

import type * as tf from '@tensorflow/tfjs-core';
import type { Padding, Pair } from '../graph/node.js';

export type TfjsPadding = 'same' | 'valid' | tf.backend_util.ExplicitPadding;

/** The four ends of rows and columns, as pairs for all axes of images. */
export type ImageEnds = [[0, 0], [number, number], [number, number], [0, 0]];

/** Names where there are any: kernels take short cuts by them. */
export function tfjsPadding(padding: Padding): TfjsPadding {
  if (padding === 'same') return 'same';
  return isNone(padding) ? 'valid' : imageEnds(padding);
}

export function isNone(padding: Exclude<Padding, 'same'>): boolean {
  return padding.flat().every((length) => length === 0);
}

export function imageEnds([vertical, horizontal]: Exclude<Padding, 'same'>): ImageEnds {
  return [[0, 0], [...vertical], [...horizontal], [0, 0]];
}

export function tuple([a, b]: Pair): [number, number] {
  return [a, b];
}
