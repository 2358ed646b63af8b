// The training itself: features of the frozen base once, then a head on them.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { GraftError, type Dataset } from '@graftjs/core';
import { arrayDataset } from '@graftjs/image-data';
import { Adam } from '@graftjs/optimizers';
import { cosine } from '@graftjs/schedules';
import { classificationReport, fit, predict, type ClassificationReport } from '@graftjs/training';
import { computeFeatures, graftHead, type Features } from '@graftjs/transfer';
import { countBar } from './count-bar.js';

export interface HeadOptions {
  readonly classNames: readonly string[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly rate: number;
  readonly dropout: number;
  readonly seed: number;
  /** Shown on a terminal; undefined: nothing is. */
  readonly stream: NodeJS.WriteStream | undefined;
  readonly signal: AbortSignal;
}

export interface TrainedHead {
  /** The base with the head on top. */
  readonly model: layers.LayersModel;
  readonly logs: Readonly<Record<string, readonly number[]>>;
  /** Of the validation photos. */
  readonly report: ClassificationReport;
  readonly seconds: { readonly features: number; readonly head: number };
}

/**
 * @throws GraftError where no photo of a set, or none of a class, can be read, and where the loss is no number in the end
 */
export async function trainHead(
  base: layers.LayersModel,
  train: Dataset,
  validation: Dataset,
  options: HeadOptions,
): Promise<TrainedHead> {
  const { classNames, epochs, batchSize, rate, dropout, seed, signal } = options;
  const classes = classNames.length;
  const started = performance.now();
  const seen = await withBar('photos', train, options, base);
  await checkClasses(seen.ys, classNames);
  const held = await withBar('validation photos', validation, options, base);
  const computed = performance.now();
  const features = (base.outputs[0]?.shape.at(-1) ?? 0) as number;
  const list = headLayers(classes, dropout, seed);
  const [first, ...rest] = list as [layers.layers.Layer, ...layers.layers.Layer[]];
  // The same layers, on features now and on the base afterwards.
  const input = layers.input({ shape: [features] });
  const outputs = [first, ...rest].reduce(
    (x, layer) => layer.apply(x) as layers.SymbolicTensor,
    input,
  );
  const head = layers.model({ inputs: input, outputs });
  const data = arrayDataset({ ...seen, batchSize, shuffle: true, seed });
  const steps = epochs * data.batches;
  const { logs } = await fit(head, data, {
    optimizer: new Adam({ learningRate: cosine({ initialRate: rate, decaySteps: steps }) }),
    ...{ loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'], epochs, signal },
    validation: arrayDataset({ ...held, batchSize: 500 }),
  });
  const loss = logs['loss']?.at(-1);
  if (!Number.isFinite(loss)) {
    throw new GraftError(
      `the loss is ${loss} after ${epochs} epochs, so no model was written: try a lower --rate, or other --weights`,
    );
  }
  const predictions = await predict(head, held.xs, { batchSize: 500, signal });
  const report = await reportOf(predictions, held.ys, classes);
  tf.dispose([{ ...seen }, { ...held }, predictions]);
  return {
    ...{ model: graftHead(base, list, 'classifier'), logs, report },
    seconds: { features: seconds(started, computed), head: seconds(computed, performance.now()) },
  };
}

async function withBar(
  title: string,
  data: Dataset,
  { stream, signal }: HeadOptions,
  base: layers.LayersModel,
): Promise<Features> {
  const bar = stream ? countBar(stream, title, data.examples) : undefined;
  try {
    return await computeFeatures(base, data, {
      onBatch: (examples) => bar?.update(examples),
      signal,
    });
  } finally {
    bar?.stop();
  }
}

/** Photos that could not be read may have been all of a class. */
async function checkClasses(ys: tf.Tensor, classNames: readonly string[]): Promise<void> {
  const seen = new Set<number>(await ys.data<'int32'>());
  const missing = classNames.filter((_, label) => !seen.has(label));
  if (missing.length === 0) return;
  throw new GraftError(`no photo to train on can be read of ${missing.join(', ')}`);
}

function headLayers(classes: number, dropout: number, seed: number): layers.layers.Layer[] {
  const kernelInitializer = layers.initializers.glorotUniform({ seed });
  return [
    ...(dropout > 0 ? [layers.layers.dropout({ rate: dropout, seed, name: 'head_dropout' })] : []),
    layers.layers.dense({
      ...{ units: classes, activation: 'softmax', name: 'classes', kernelInitializer },
    }),
  ];
}

/**
 * Class by class, of probabilities [n, classes] and class indices [n].
 *
 * @throws GraftError for a probability that is NaN
 */
export async function reportOf(
  probabilities: tf.Tensor,
  labels: tf.Tensor,
  classes: number,
): Promise<ClassificationReport> {
  const likeliest = tf.argMax(probabilities, -1);
  const hasNaN = tf.any(tf.isNaN(probabilities));
  const [isNaN] = await hasNaN.data();
  const [truth, predicted] = await Promise.all([labels.data(), likeliest.data()]);
  tf.dispose([likeliest, hasNaN]);
  if (isNaN) throw new GraftError('the model gives NaN for some photos: are its weights damaged?');
  return classificationReport(truth, predicted, classes);
}

function seconds(from: number, to: number): number {
  return (to - from) / 1000;
}
