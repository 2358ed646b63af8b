// A run of graft train: features, head, more of the network where that is asked for, and how good it all is.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { augment } from '@graftjs/image-data';
import { imageDataset, type BrokenImage, type LabelledImage } from '@graftjs/image-data/node';
import { modelCheckpoint } from '@graftjs/training';
import { backupAndRestore } from '@graftjs/training/node';
import { computeFeatures } from '@graftjs/transfer';
import { assess, type Assessment } from './assess.js';
import type { Augmentation } from './augmentation.js';
import { keepBestWeights } from './best-weights.js';
import type { Classifier } from './classifier.js';
import { fineTune, type FineTuning } from './fine-tune.js';
import {
  photoFeatures,
  type FeatureSettings,
  type PhotoFeatures,
  type Watch,
} from './photo-features.js';
import type { PhotoSets } from './photo-sets.js';
import type { PhaseLogs } from './run-folder.js';
import { checkTrainable, outputsOf, trainHead, type HeadTraining } from './train-head.js';

export interface RunSettings extends HeadTraining {
  readonly size: readonly [number, number];
  readonly batchSize: number;
  readonly seed: number;
  readonly augmentation: { readonly options: Augmentation; readonly variants: number } | undefined;
  readonly cache: boolean;
  /** Undefined: the network stays as it is. */
  readonly fineTuning: FineTuning | undefined;
}

/** Where a run puts what it has so far. */
export interface RunHooks {
  /** Takes a model that is better than all before. */
  readonly saveBest: (model: LayersModel) => Promise<void>;
  /** The file for the state of fine-tuning; where it is there, fine-tuning goes on from it. */
  readonly backup: string;
  /** Whether the best model so far is that of an earlier process. */
  readonly goesOn: boolean;
  readonly onBroken: (images: readonly BrokenImage[]) => void;
}

export interface RunResult {
  readonly phases: readonly PhaseLogs[];
  /** Of the validation photos that could be read, after the last epoch. */
  readonly assessment: Assessment;
  readonly validation: readonly LabelledImage[];
  /** By part of the run. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** Batches of fine-tuning after which its state is saved. */
const BACKUP_EVERY = 10;

/**
 * Trains the model of a classifier.
 *
 * @throws GraftError where no photo of a set, or none of a class, can be read, and where the loss is no number in the end
 */
export async function run(
  { model, base, head }: Classifier,
  sets: PhotoSets,
  settings: RunSettings,
  watch: Watch,
  hooks: RunHooks,
): Promise<RunResult> {
  const { classNames } = sets;
  const clock = stopwatch();
  const kept: PhotoFeatures[] = [];
  const featuresOf = async (
    images: readonly LabelledImage[],
    title: string,
    more: Pick<FeatureSettings, 'shuffle'> & Partial<FeatureSettings>,
  ) => {
    const features = await photoFeatures(base, images, { ...settings, ...more }, title, watch);
    kept.push(features);
    hooks.onBroken(features.broken);
    return features;
  };
  const best = keepBestWeights();
  try {
    const seen = await featuresOf(sets.train, 'photos', { shuffle: true });
    checkTrainable(seen, classNames);
    const plain = { shuffle: false, augmentation: undefined, batchSize: 500 };
    const held = await featuresOf(sets.validation, 'validation photos', plain);
    clock.lap('features');
    const logs = await trainHead(head, seen.dataset, held.dataset, settings, watch, [
      best.callback,
    ]);
    const phases: PhaseLogs[] = [{ phase: 'head', logs }];
    if (!hooks.goesOn) await saveBestOf(model, head, best.weights, hooks);
    clock.lap('head');
    let results = await outputsOf(head, held.dataset, watch);
    if (settings.fineTuning) {
      tf.dispose({ ...results });
      const { train, validation } = photosOf(seen, held, classNames.length, settings);
      const least = Math.min(...(logs['val_loss'] ?? []).filter(Number.isFinite));
      phases.push({
        phase: 'fine-tuning',
        logs: await fineTune(model, train, validation, settings.fineTuning, watch, [
          modelCheckpoint({
            ...{ save: hooks.saveBest, saveBestOnly: true },
            ...(Number.isFinite(least) && { initialValueThreshold: least }),
          }),
          // Kept until all results are written: see endRun.
          backupAndRestore({
            ...{ path: hooks.backup, everyBatches: BACKUP_EVERY, deleteCheckpoint: false },
          }),
        ]),
      });
      const { xs, ys } = await computeFeatures(model, validation, { signal: watch.signal });
      results = { outputs: xs, labels: ys };
      clock.lap('fine-tuning');
    }
    const assessment = await assess(results.outputs, results.labels);
    tf.dispose({ ...results });
    return { phases, assessment, validation: held.photos, seconds: clock.seconds };
  } finally {
    best.dispose();
    for (const features of kept) await features.dispose();
  }
}

/** The model shares the layers of the head. */
async function saveBestOf(
  model: LayersModel,
  head: LayersModel,
  weights: readonly tf.Tensor[],
  { saveBest }: RunHooks,
): Promise<void> {
  const last = head.getWeights().map((weight) => tf.clone(weight));
  head.setWeights([...weights]);
  await saveBest(model);
  head.setWeights(last);
  tf.dispose(last);
}

/** The photos that could be read, for the network itself. */
function photosOf(
  seen: PhotoFeatures,
  held: PhotoFeatures,
  classes: number,
  { size, batchSize, seed, augmentation }: RunSettings,
) {
  const plain = imageDataset({
    ...{ images: seen.photos, classes, size, batchSize, shuffle: true, seed },
  });
  return {
    train: augmentation ? augment(plain, { ...augmentation.options, seed }) : plain,
    validation: imageDataset({ images: held.photos, classes, size, batchSize: 32 }),
  };
}

function stopwatch(): { lap(name: string): void; readonly seconds: Record<string, number> } {
  const seconds: Record<string, number> = {};
  let last = performance.now();
  return {
    seconds,
    lap(name) {
      const now = performance.now();
      seconds[name] = (now - last) / 1000;
      last = now;
    },
  };
}
