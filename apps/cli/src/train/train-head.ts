// The training of a head on features: many epochs in no time.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError, type Callback, type Dataset } from '@graftjs/core';
import { fit } from '@graftjs/training';
import { fitBar } from './count-bar.js';
import type { PhotoFeatures, Watch } from './photo-features.js';
import { optimizerOver, type RateOptions } from './rates.js';

export interface HeadTraining extends RateOptions {
  readonly epochs: number;
}

export type EpochLogs = Readonly<Record<string, readonly number[]>>;

/** @throws GraftError where the loss is no number in the end */
export async function trainHead(
  head: LayersModel,
  seen: Dataset,
  held: Dataset,
  training: HeadTraining,
  { stream, signal }: Watch,
  callbacks: readonly Callback[],
): Promise<EpochLogs> {
  const { epochs } = training;
  const optimizer = optimizerOver(training, epochs * seen.batches);
  const bar = stream && fitBar(stream, 'head', seen.examples);
  try {
    const { logs } = await fit(head, seen, {
      ...{ optimizer, loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] },
      ...{ epochs, signal, callbacks: bar ? [...callbacks, bar.callback] : callbacks },
      validation: held,
    });
    checkLoss(logs);
    return logs;
  } finally {
    bar?.stop();
    optimizer.dispose();
  }
}

/** @throws GraftError where the loss of the last epoch is no number */
export function checkLoss(logs: EpochLogs): void {
  const losses = logs['loss'] ?? [];
  const loss = losses.at(-1);
  if (Number.isFinite(loss)) return;
  throw new GraftError(
    `the loss is ${loss} after ${losses.length} epochs, so no model was written: try a lower --rate, or other --weights`,
  );
}

/**
 * Photos that could not be read may have been all of a class.
 *
 * @throws GraftError where a class has no photo
 */
export function checkTrainable({ photos }: PhotoFeatures, classNames: readonly string[]): void {
  const seen = new Set(photos.map(({ label }) => label));
  const missing = classNames.filter((_, label) => !seen.has(label));
  if (missing.length === 0) return;
  throw new GraftError(`no photo to train on can be read of ${missing.join(', ')}`);
}

/** Of one epoch of the data, [n, …]; the caller's to dispose. */
export async function outputsOf(
  model: LayersModel,
  data: Dataset,
  { signal }: Watch,
): Promise<{ readonly outputs: tf.Tensor; readonly labels: tf.Tensor }> {
  const parts: { outputs: tf.Tensor; labels: tf.Tensor }[] = [];
  try {
    for await (const { xs, ys } of data) {
      signal.throwIfAborted();
      const outputs = tf.tidy(() => model.apply(xs, { training: false }) as tf.Tensor);
      parts.push({ outputs, labels: ys });
      xs.dispose();
    }
    return tf.tidy(() => ({
      outputs: tf.concat(parts.map(({ outputs }) => outputs)),
      labels: tf.concat(parts.map(({ labels }) => labels)),
    }));
  } finally {
    tf.dispose(parts);
  }
}
