// Batches from examples held in memory.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument, type Batch, type Dataset } from '@graftjs/core';
import { countExamples, type ArrayData, type NumberArray } from './array-data.js';
import { Epochs } from './epochs.js';
import { PIXELS, split, type PixelBatch } from './pixel-source.js';
import { permutation } from './random.js';

/** Options of {@link arrayDataset}. */
export interface ArrayDatasetOptions {
  /** Inputs, [examples, …]. A tensor stays the caller's; an array becomes a tensor of the data set. */
  readonly xs: tf.Tensor | ArrayData;
  /** Targets, [examples] or [examples, …]. */
  readonly ys: tf.Tensor | ArrayData;
  /** By which the loss of each example counts, [examples]. Default: all count alike. */
  readonly sampleWeights?: tf.Tensor | ArrayData;
  /** Number of examples in a batch; the last batch has what is left. */
  readonly batchSize: number;
  /** Whether each epoch has an order of its own. Default: false. */
  readonly shuffle?: boolean;
  /** An integer from which, with the number of the epoch, the order follows. Default: a new one each time. */
  readonly seed?: number;
  /** Whether a last batch that is not full is left out. Default: false. */
  readonly dropRemainder?: boolean;
}

/** A data set that may own tensors. */
export interface ArrayDataset extends Dataset {
  /** Disposes the tensors that were made from arrays; no batch can be had after this. */
  dispose(): void;
}

/**
 * Batches from tensors or arrays. Examples stay on the backend: a batch is one gather (or slice) of `xs`, one of `ys`, and
 * one of the weights if there are any. Who takes a batch disposes it. The backend must be ready.
 *
 * Every iteration is an epoch, counted from 0; the order of a shuffled epoch depends on the seed and that count alone.
 *
 * @throws GraftError when `xs`, `ys` and weights differ in the number of examples, or another option is out of range
 * @example
 * const dataset = arrayDataset({
 *   xs: { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] },
 *   ys: { data: Int32Array.of(0, 1, 0), shape: [3] },
 *   batchSize: 2,
 * });
 * for await (const { xs, ys } of dataset) {
 *   console.log(xs.shape, ys.shape); // [2, 2] [2], then [1, 2] [1]
 *   tf.dispose([xs, ys]);
 * }
 * dataset.dispose();
 */
export function arrayDataset(options: ArrayDatasetOptions): ArrayDataset {
  const { batchSize, shuffle = false, dropRemainder = false } = options;
  const examples = count('xs', options.xs);
  const targets = count('ys', options.ys);
  if (examples === 0) throw invalidArgument('xs', 'at least one example', examples);
  if (targets !== examples) {
    throw invalidArgument('ys', `as many examples as xs, ${examples}`, targets);
  }
  if (options.sampleWeights) {
    const { shape } = options.sampleWeights;
    if (shape.length !== 1 || count('sampleWeights', options.sampleWeights) !== examples) {
      throw invalidArgument('sampleWeights', `of the shape [${examples}]`, shape);
    }
  }
  if (!(Number.isSafeInteger(batchSize) && batchSize >= 1)) {
    throw invalidArgument('batchSize', 'a positive integer', batchSize);
  }
  if (dropRemainder && batchSize > examples) {
    const rule = `at most the ${examples} examples, since dropRemainder leaves no batch else`;
    throw invalidArgument('batchSize', rule, batchSize);
  }
  const epochs = new Epochs(options.seed);

  const owned: tf.Tensor[] = [];
  const toTensor = (source: tf.Tensor | ArrayData): tf.Tensor => {
    if (source instanceof tf.Tensor) return source;
    const tensor = makeTensor(source);
    owned.push(tensor);
    return tensor;
  };
  const xs = toTensor(options.xs);
  const ys = toTensor(options.ys);
  const weights = options.sampleWeights && toTensor(options.sampleWeights);
  const batches = dropRemainder
    ? Math.floor(examples / batchSize)
    : Math.ceil(examples / batchSize);

  /** The rows of each batch of an epoch; the first of them alone where they follow each other. */
  function* places(): Generator<{ start: number; size: number; rows?: Int32Array }> {
    const { seed, epoch } = epochs.begin();
    const order = shuffle ? permutation(examples, seed, epoch) : undefined;
    for (let batch = 0; batch < batches; batch++) {
      const start = batch * batchSize;
      const size = Math.min(batchSize, examples - start);
      yield { start, size, ...(order && { rows: order.subarray(start, start + size) }) };
    }
  }

  const labels = { ys, ...(weights && { sampleWeights: weights }) };

  async function* iterate(): AsyncGenerator<Batch> {
    for (const place of places()) yield take({ xs, ...labels }, place);
  }

  const { xs: source } = options;
  const images = source instanceof tf.Tensor || source.shape.length !== 4 ? undefined : source;

  async function* iteratePixels({ data, shape }: ArrayData): AsyncGenerator<PixelBatch> {
    const all = split(data, examples);
    for (const place of places()) {
      const { start, size, rows } = place;
      yield {
        images: Array.from({ length: size }, (_, i) => all[rows?.[i] ?? start + i] as NumberArray),
        shape: shape.slice(1) as [number, number, number],
        rest: take(labels, place),
      };
    }
  }

  return {
    batches,
    examples,
    [Symbol.asyncIterator]: iterate,
    ...(images && { [PIXELS]: () => iteratePixels(images) }),
    saveState: () => epochs.saveState(),
    restoreState: (state) => epochs.restoreState(state),
    dispose: () => tf.dispose(owned.splice(0)),
  };
}

/** The rows of each tensor. */
function take<T extends object>(
  tensors: { readonly [K in keyof T]: tf.Tensor },
  { start, size, rows }: { start: number; size: number; rows?: Int32Array },
): { [K in keyof T]: tf.Tensor } {
  const index = rows && tf.tensor1d(rows, 'int32');
  try {
    const entries = Object.entries<tf.Tensor>(tensors).map(([name, tensor]) => [
      name,
      index ? tf.gather(tensor, index) : tf.slice(tensor, start, size),
    ]);
    return Object.fromEntries(entries) as { [K in keyof T]: tf.Tensor };
  } finally {
    index?.dispose();
  }
}

function count(argument: string, source: tf.Tensor | ArrayData): number {
  if (!(source instanceof tf.Tensor)) return countExamples(argument, source);
  const [examples] = source.shape;
  if (examples === undefined) throw invalidArgument(argument, 'of one axis or more', 'a scalar');
  return examples;
}

function makeTensor({ data, shape }: ArrayData): tf.Tensor {
  // Backends hold int32 in an Int32Array and nothing else.
  const values = data instanceof Uint8Array ? Int32Array.from(data) : data;
  return tf.tensor(values, [...shape], values instanceof Float32Array ? 'float32' : 'int32');
}
