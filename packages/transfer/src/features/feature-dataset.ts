// Features that were computed once, as a data set: each epoch in an order of its own, from one variant after the other.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument, type Batch, type Dataset, type State } from '@graftjs/core';

/** The features of a data set, wherever they are. */
export interface FeatureRows {
  readonly examples: number;
  readonly variants: number;
  /** Some examples in one of the variants, as tensors of the caller's. */
  read(rows: Int32Array, variant: number): Batch | Promise<Batch>;
  dispose(): void | Promise<void>;
}

/** How features become batches. */
export interface FeatureDatasetOptions {
  /** Default 32. */
  readonly batchSize?: number;
  /** Whether each epoch has an order of its own. Default true. */
  readonly shuffle?: boolean;
  /** An integer from which, with the number of the epoch, the order follows. Default: a new one each time. */
  readonly seed?: number;
}

/** A data set of features. Epoch e goes through variant e mod n of n. */
export interface FeatureDataset extends Dataset {
  /** Frees memory and closes files; no batch can be had after this. */
  dispose(): Promise<void>;
}

/** @throws GraftError for an option out of range */
export function checkFeatureOptions({
  batchSize = 32,
  seed = Math.floor(Math.random() * 2 ** 32),
  shuffle = true,
}: FeatureDatasetOptions): Required<FeatureDatasetOptions> {
  if (!(Number.isSafeInteger(batchSize) && batchSize > 0))
    throw invalidArgument('batchSize', 'a positive integer', batchSize);
  if (!Number.isSafeInteger(seed)) throw invalidArgument('seed', 'an integer', seed);
  return { batchSize, seed, shuffle };
}

export function featureDataset(
  features: FeatureRows,
  { batchSize, shuffle, seed: given }: Required<FeatureDatasetOptions>,
): FeatureDataset {
  const { examples, variants } = features;
  const batches = Math.ceil(examples / batchSize);
  let seed = given;
  let next = 0;

  async function* iterate(): AsyncGenerator<Batch> {
    const epoch = next++;
    const order = shuffle
      ? shuffled(examples, seed, epoch)
      : Int32Array.from({ length: examples }, (_, i) => i);
    for (let start = 0; start < examples; start += batchSize)
      yield await features.read(order.subarray(start, start + batchSize), epoch % variants);
  }

  return {
    ...{ batches, examples, [Symbol.asyncIterator]: iterate },
    saveState: () => ({ seed, next }),
    restoreState: (state: State) => {
      ({ seed, next } = state as { seed: number; next: number });
    },
    async dispose() {
      await features.dispose();
    },
  };
}

/** 0 … n − 1, sorted by numbers that tfjs draws from the seed, alike on every backend. */
function shuffled(n: number, seed: number, epoch: number): Int32Array {
  const drawn = tf.tidy(() =>
    tf.randomUniform([n], 0, 1, 'float32', `${seed} ${epoch}`).dataSync(),
  );
  return Int32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => (drawn[a] as number) - (drawn[b] as number),
  );
}
