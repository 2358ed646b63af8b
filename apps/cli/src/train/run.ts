// A run of graft train: features, head, and what comes of them.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { BrokenImage, LabelledImage } from '@graftjs/image-data/node';
import { graftHead } from '@graftjs/transfer';
import { assess, type Assessment } from './assess.js';
import type { BaseModel } from './base-model.js';
import { keepBestWeights, type BestWeights } from './best-weights.js';
import { headLayers, modelOf } from './head.js';
import { photoData } from './photo-data.js';
import type { PhotoSets } from './photo-sets.js';
import type { PhaseLogs } from './run-folder.js';
import { featuresOf, trainHead, type HeadTraining, type Watch } from './train-head.js';

export interface RunResult {
  /** The base with the head on top, after the last epoch. */
  readonly model: LayersModel;
  /** After the epoch with the least validation loss; it shares the base. */
  readonly best: LayersModel;
  readonly phases: readonly PhaseLogs[];
  /** Of the validation photos that could be read. */
  readonly assessment: Assessment;
  readonly validation: readonly LabelledImage[];
  readonly seconds: { readonly features: number; readonly head: number };
}

/**
 * @param onBroken told in the end of photos that could not be read, also where the run fails
 * @throws GraftError where no photo of a set, or none of a class, can be read, and where the loss is no number in the end
 */
export async function run(
  { base, size }: BaseModel,
  { classNames, train, validation }: PhotoSets,
  training: Omit<HeadTraining, 'classNames'>,
  watch: Watch,
  onBroken: (images: readonly BrokenImage[]) => void,
): Promise<RunResult> {
  const [toLearn, toMeasure] = [train, validation].map((images) =>
    photoData(images, classNames.length, size),
  ) as [ReturnType<typeof photoData>, ReturnType<typeof photoData>];
  const started = performance.now();
  const best = keepBestWeights();
  try {
    const seen = await featuresOf(base, toLearn.dataset, 'photos', watch);
    const held = await featuresOf(base, toMeasure.dataset, 'validation photos', watch);
    const computed = performance.now();
    const settings = { ...training, classNames };
    const trained = await trainHead(seen, held, settings, watch, [best.callback]);
    const assessment = await assess(trained.probabilities, held.ys);
    tf.dispose([{ ...seen }, { ...held }, trained.probabilities]);
    return {
      model: graftHead(base, trained.layers, 'classifier'),
      best: bestModel(base, settings, best),
      phases: [{ phase: 'head', logs: trained.logs }],
      ...{ assessment, validation: toMeasure.readable() },
      seconds: { features: seconds(started, computed), head: seconds(computed, performance.now()) },
    };
  } finally {
    best.dispose();
    onBroken([...toLearn.broken, ...toMeasure.broken]);
  }
}

function bestModel(
  base: LayersModel,
  training: HeadTraining,
  { weights }: BestWeights,
): LayersModel {
  const list = headLayers({ ...training, classes: training.classNames.length });
  const head = modelOf(list, base.outputs[0]?.shape.at(-1) as number);
  head.setWeights([...weights]);
  return graftHead(base, list, 'classifier');
}

function seconds(from: number, to: number): number {
  return (to - from) / 1000;
}
