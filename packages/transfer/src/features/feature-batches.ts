// What a base makes of one epoch of data, batch by batch.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { batchTensors, GraftError, invalidArgument, type Batch, type Dataset } from '@graftjs/core';
import { compileForInference, type InferenceOptions } from '@graftjs/inference';
import { predictInParts } from './predict-in-parts.js';

export interface FeaturesOptions {
  /** How features are computed. Default: by the fastest engine present. */
  readonly inference?: InferenceOptions;
  /** Told the number of examples done after each batch. */
  readonly onBatch?: (examples: number) => void;
  /** Stops between two batches, with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Which variant of which examples: `index` is the place of a batch's first example in the data. */
export interface VariantPlace {
  readonly variant: number;
  readonly index: number;
}

/** Changes a batch of inputs, which stay the caller's, in a way that follows from its place alone. */
export type Augment = (xs: tf.Tensor, place: VariantPlace) => tf.Tensor;

export interface VariantOptions {
  /** How many variants of each example there are. Default 1. */
  readonly variants?: number;
  /** Makes the variants, such as `augmentImages` of `@graftjs/image-data` does. Default: the examples as they are. */
  readonly augment?: Augment;
}

/** Features of a batch in all variants, with what belongs to the examples. */
export interface FeatureBatch extends Omit<Batch, 'xs'> {
  readonly xs: readonly tf.Tensor[];
}

/** Inputs to features; both are the caller's. */
type Predict = (xs: tf.Tensor) => Promise<tf.Tensor>;

/** @throws GraftError for a number of variants that is none, or more than one without a way to make them */
export function checkVariants({ variants = 1, augment }: VariantOptions): number {
  if (!(Number.isSafeInteger(variants) && variants > 0))
    throw invalidArgument('variants', 'a positive integer', variants);
  if (variants > 1 && !augment)
    throw invalidArgument('variants', '1 where there is no augment', variants);
  return variants;
}

/**
 * Features in the place of inputs; each batch of the data is disposed, each that is given is the caller's.
 *
 * @param known so many examples are passed over: their features are there already
 * @throws GraftError for a base that has not one input and one output, and where the data gives no batch
 */
export async function* featureBatches(
  base: LayersModel,
  data: Dataset,
  options: FeaturesOptions & VariantOptions & { readonly known?: number },
): AsyncGenerator<FeatureBatch> {
  const { inference, onBatch, signal, known = 0 } = options;
  checkBase(base);
  const predictor = await compileForInference(base, inference);
  let examples = 0;
  try {
    for await (const batch of data) {
      const start = examples;
      examples += batch.xs.shape[0] as number;
      let found: FeatureBatch | undefined;
      try {
        signal?.throwIfAborted();
        const predict = (xs: tf.Tensor) => predictInParts(predictor, xs);
        const place = { start, index: Math.max(start, known) };
        if (examples > known) found = await compute(predict, batch, place, options);
      } finally {
        tf.dispose(batchTensors(batch));
      }
      if (found) yield found;
      onBatch?.(examples);
      // Ctrl-C, and whoever watches, get their turn.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  } finally {
    await predictor.dispose();
  }
  if (examples === 0) throw new GraftError('data gave no batch');
}

function checkBase({ inputs, outputs }: LayersModel): void {
  if (inputs.length === 1 && outputs.length === 1) return;
  const received = `${inputs.length} inputs and ${outputs.length} outputs`;
  throw invalidArgument('base', 'a model with one input and one output', received);
}

/** @param index the first example that is asked for, of a batch that begins with the example `start` */
async function compute(
  predict: Predict,
  batch: Batch,
  { start, index }: { start: number; index: number },
  { augment, variants = 1 }: VariantOptions,
): Promise<FeatureBatch> {
  const [inputs, ys, sampleWeights] = batchTensors(batch).map((tensor) =>
    index > start ? tf.slice(tensor, index - start) : tf.clone(tensor),
  ) as [tf.Tensor, tf.Tensor, tf.Tensor | undefined];
  const xs: tf.Tensor[] = [];
  const rest = { ys, ...(sampleWeights && { sampleWeights }) };
  try {
    for (let variant = 0; variant < variants; variant++) {
      const changed = augment ? tf.tidy(() => augment(inputs, { variant, index })) : inputs;
      try {
        xs.push(await predict(changed));
      } finally {
        if (changed !== inputs) changed.dispose();
      }
    }
    return { xs, ...rest };
  } catch (error) {
    tf.dispose([xs, { ...rest }]);
    throw error;
  } finally {
    inputs.dispose();
  }
}
