// The training of a head: features of the frozen base once, then many epochs on them.

import type * as tf from '@tensorflow/tfjs-core';
import type * as layers from '@tensorflow/tfjs-layers';
import { GraftError, type Callback, type Dataset } from '@graftjs/core';
import { arrayDataset } from '@graftjs/image-data';
import { fit, predict } from '@graftjs/training';
import { computeFeatures, type Features } from '@graftjs/transfer';
import { countBar, fitBar } from './count-bar.js';
import { headLayers, modelOf } from './head.js';
import { optimizerOver, type RateOptions } from './rates.js';

export interface HeadTraining extends RateOptions {
  readonly classNames: readonly string[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly dropout: number;
  readonly hidden: number | undefined;
  readonly seed: number;
}

export interface Watch {
  /** Shown on a terminal; undefined: nothing is. */
  readonly stream: NodeJS.WriteStream | undefined;
  readonly signal: AbortSignal;
}

export interface TrainedHead {
  /** To be put on the base. */
  readonly layers: readonly layers.layers.Layer[];
  readonly logs: Readonly<Record<string, readonly number[]>>;
  /** Of the validation features, [n, classes]; the caller's to dispose. */
  readonly probabilities: tf.Tensor;
}

/** @throws GraftError where no photo can be read */
export async function featuresOf(
  base: layers.LayersModel,
  data: Dataset,
  title: string,
  { stream, signal }: Watch,
): Promise<Features> {
  const bar = stream && countBar(stream, title, data.examples);
  try {
    return await computeFeatures(base, data, {
      onBatch: (examples) => bar?.update(examples),
      signal,
    });
  } finally {
    bar?.stop();
  }
}

/** @throws GraftError where a class has no photo to train on, and where the loss is no number in the end */
export async function trainHead(
  seen: Features,
  held: Features,
  training: HeadTraining,
  { stream, signal }: Watch,
  callbacks: readonly Callback[],
): Promise<TrainedHead> {
  const { classNames, epochs, batchSize, seed } = training;
  await checkClasses(seen.ys, classNames);
  const list = headLayers({ ...training, classes: classNames.length });
  const head = modelOf(list, seen.xs.shape.at(-1) as number);
  const data = arrayDataset({ ...seen, batchSize, shuffle: true, seed });
  const optimizer = optimizerOver(training, epochs * data.batches);
  const bar = stream && fitBar(stream, 'head', data.examples);
  try {
    const { logs } = await fit(head, data, {
      ...{ optimizer, loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] },
      ...{ epochs, signal, callbacks: bar ? [...callbacks, bar.callback] : callbacks },
      validation: arrayDataset({ ...held, batchSize: 500 }),
    });
    checkLoss(logs);
    const probabilities = await predict(head, held.xs, { batchSize: 500, signal });
    return { layers: list, logs, probabilities };
  } finally {
    bar?.stop();
    optimizer.dispose();
  }
}

/** @throws GraftError where the loss of the last epoch is no number */
export function checkLoss(logs: Readonly<Record<string, readonly number[]>>): void {
  const losses = logs['loss'] ?? [];
  const loss = losses.at(-1);
  if (Number.isFinite(loss)) return;
  throw new GraftError(
    `the loss is ${loss} after ${losses.length} epochs, so no model was written: try a lower --rate, or other --weights`,
  );
}

/** Photos that could not be read may have been all of a class. */
async function checkClasses(ys: tf.Tensor, classNames: readonly string[]): Promise<void> {
  const seen = new Set<number>(await ys.data<'int32'>());
  const missing = classNames.filter((_, label) => !seen.has(label));
  if (missing.length === 0) return;
  throw new GraftError(`no photo to train on can be read of ${missing.join(', ')}`);
}
