// A file of features: a header of JSON that says how the examples lie, then the examples.

import { open } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';
import { inMemory } from '../features/cache-features.js';
import type { FeatureRows } from '../features/feature-dataset.js';
import { restTensors, rowBytes, type RowLayout } from './row-layout.js';

/** Bytes before the first example. */
const HEADER = 1024;

/** What there is in a file. */
export interface FeatureFile {
  readonly path: string;
  readonly layout: RowLayout;
  /** A run that was killed may have left a part of one more. */
  readonly examples: number;
  /** True once the writer has said that these are all. */
  readonly complete: boolean;
}

interface Header extends RowLayout {
  readonly graftFeatures: 1;
  readonly total?: number;
}

/** @param total number of examples, once all are there */
export function headerOf(layout: RowLayout, total?: number): Uint8Array {
  const text = JSON.stringify({ graftFeatures: 1, total, ...layout });
  return Buffer.from(`${text.padEnd(HEADER - 1)}\n`);
}

/** The size of a file with so many examples. */
export function fileBytes(layout: RowLayout, examples: number): number {
  return HEADER + examples * rowBytes(layout).all;
}

/** @returns undefined where there is no such file, or none of features */
export async function inspectFile(path: string): Promise<FeatureFile | undefined> {
  const handle = await open(path).catch(() => undefined);
  if (!handle) return undefined;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER), 0, HEADER, 0);
    const header = bytesRead === HEADER ? parseHeader(buffer.toString()) : undefined;
    if (!header) return undefined;
    const { total, ...layout } = header;
    const { size } = await handle.stat();
    const examples = Math.floor((size - HEADER) / rowBytes(layout).all);
    const complete = total !== undefined && size === fileBytes(layout, total);
    return { path, layout, examples, complete };
  } finally {
    await handle.close();
  }
}

function parseHeader(text: string): Header | undefined {
  try {
    const header = JSON.parse(text) as Partial<Header> | null;
    return header?.graftFeatures === 1 ? (header as Header) : undefined;
  } catch {
    return undefined;
  }
}

/** Examples that are read from the disk when they are asked for. */
export async function streamFile({ path, layout, examples }: FeatureFile): Promise<FeatureRows> {
  const handle = await open(path);
  const bytes = rowBytes(layout);
  /** A part of each of some examples. */
  const parts = async (rows: Int32Array, from: number, length: number): Promise<Uint8Array> => {
    const found = new Uint8Array(rows.length * length);
    const reads = Array.from(rows, (row, i) =>
      handle.read(found, i * length, length, HEADER + row * bytes.all + from),
    );
    const isShort = (await Promise.all(reads)).some(({ bytesRead }) => bytesRead < length);
    if (isShort) throw new GraftError(`${path} was changed while it was in use`);
    return found;
  };
  return {
    ...{ examples, variants: layout.variants },
    async read(rows, variant) {
      const features = await parts(rows, variant * bytes.features, bytes.features);
      const rest = await parts(rows, layout.variants * bytes.features, bytes.rest);
      const xs = tf.tensor(new Float32Array(features.buffer), [rows.length, ...layout.xs]);
      return { xs, ...restTensors(rest, layout) };
    },
    dispose: () => handle.close(),
  };
}

/** All examples of a file, in memory. */
export async function loadFile(file: FeatureFile): Promise<FeatureRows> {
  const stream = await streamFile(file);
  try {
    const all = Int32Array.from({ length: file.examples }, (_, i) => i);
    const { xs, ...rest } = await stream.read(all, 0);
    const others: tf.Tensor[] = [];
    for (let variant = 1; variant < stream.variants; variant++) {
      const { xs: other, ...again } = await stream.read(all, variant);
      others.push(other);
      tf.dispose({ ...again });
    }
    return inMemory({ xs: [xs, ...others], ...rest });
  } finally {
    await stream.dispose();
  }
}
