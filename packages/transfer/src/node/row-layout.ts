// How an example lies in a file: its features in each variant, its targets and perhaps its weight, four bytes a number.

import * as tf from '@tensorflow/tfjs-core';
import type { FeatureBatch } from '../features/feature-batches.js';

/** What all examples of a file have in common. */
export interface RowLayout {
  readonly variants: number;
  /** Shapes without the batch. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly integers: boolean;
  readonly weighted: boolean;
}

export function layoutOf({ xs, ys, sampleWeights }: FeatureBatch): RowLayout {
  return {
    ...{ variants: xs.length, xs: xs[0]?.shape.slice(1) ?? [], ys: ys.shape.slice(1) },
    ...{ integers: ys.dtype !== 'float32', weighted: sampleWeights !== undefined },
  };
}

/** Bytes of an example: the features of one variant, the targets with the weight, and all. */
export function rowBytes({ variants, xs, ys, weighted }: RowLayout) {
  const features = 4 * tf.util.sizeFromShape([...xs]);
  const rest = 4 * (tf.util.sizeFromShape([...ys]) + (weighted ? 1 : 0));
  return { features, rest, all: variants * features + rest };
}

/** The examples of a batch, one after the other. */
export async function toRows(batch: FeatureBatch): Promise<Uint8Array> {
  const count = batch.ys.shape[0] as number;
  const { xs, ys, sampleWeights } = batch;
  const bytes = new Uint8Array(count * rowBytes(layoutOf(batch)).all);
  const row = bytes.length / count;
  let at = 0;
  for (const tensor of [...xs, ys, ...(sampleWeights ? [sampleWeights] : [])]) {
    const values = await tensor.data();
    const part = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const width = part.length / count;
    for (let i = 0; i < count; i++)
      bytes.set(part.subarray(i * width, (i + 1) * width), i * row + at);
    at += width;
  }
  return bytes;
}

/** Targets and weights, of rows that hold nothing else. */
export function restTensors(rows: Uint8Array, { ys, integers, weighted }: RowLayout) {
  const targets = 4 * tf.util.sizeFromShape([...ys]);
  const width = targets + (weighted ? 4 : 0);
  const count = rows.length / width;
  const column = (from: number, to: number): ArrayBuffer => {
    const bytes = new Uint8Array(count * (to - from));
    for (let i = 0; i < count; i++)
      bytes.set(rows.subarray(i * width + from, i * width + to), i * (to - from));
    return bytes.buffer;
  };
  const shape = [count, ...ys];
  return {
    ys: integers
      ? tf.tensor(new Int32Array(column(0, targets)), shape, 'int32')
      : tf.tensor(new Float32Array(column(0, targets)), shape),
    ...(weighted && { sampleWeights: tf.tensor1d(new Float32Array(column(targets, width))) }),
  };
}
