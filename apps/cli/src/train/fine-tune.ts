// The second part of a run: the network itself learns, at low rates, with the head that has been trained.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { rateAt, type Callback, type Dataset } from '@graftjs/core';
import { warmUpStableDecay, type Schedule } from '@graftjs/schedules';
import { fit } from '@graftjs/training';
import { discriminativeRates, freeze, freezeTo, layerGroups } from '@graftjs/transfer';
import { makeOptimizer } from '../race/make-optimizer.js';
import { fitBar } from './count-bar.js';
import type { Watch } from './photo-features.js';
import type { RateOptions } from './rates.js';
import { checkLoss, type EpochLogs } from './train-head.js';

export interface FineTuning extends Omit<RateOptions, 'schedule'> {
  readonly epochs: number;
  /** What dropout within the network draws by. */
  readonly seed: number;
  /** The first group of layers that trains, by its name; undefined: all do. */
  readonly from: string | undefined;
}

/**
 * As fastai's second phase, but gentler: one cycle of rates, up to a tenth of the highest of the head, and a hundredth of
 * that in the first layers. BatchNormalization stays as it is, in inference mode: few small batches would spoil its statistics.
 *
 * @throws GraftError where the loss is no number in the end
 */
export async function fineTune(
  model: LayersModel,
  data: Dataset,
  validation: Dataset,
  { optimizer: name, rate, epochs, seed, from }: FineTuning,
  { stream, signal }: Watch,
  callbacks: readonly Callback[],
): Promise<EpochLogs> {
  trainFrom(model, from);
  const plain = makeOptimizer(name, rate);
  const maxRate = rateAt(plain.learningRate, 0) / 10;
  plain.dispose();
  const optimizer = makeOptimizer(name, oneCycle(maxRate, epochs * data.batches));
  optimizer.groups = discriminativeRates(layerGroups(model));
  const bar = stream && fitBar(stream, 'fine-tuning', data.examples);
  try {
    const { logs } = await fit(model, data, {
      ...{ optimizer, loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] },
      ...{ epochs, seed, signal, callbacks: bar ? [...callbacks, bar.callback] : callbacks },
      validation,
    });
    checkLoss(logs);
    return logs;
  } finally {
    bar?.stop();
    optimizer.dispose();
  }
}

/** Up in three tenths of the steps, however few they are, and down to 0 as a cosine. */
function oneCycle(rate: number, steps: number): Schedule {
  const warmUpSteps = Math.floor(0.3 * steps);
  const decaySteps = steps - warmUpSteps;
  return warmUpStableDecay({ rate, warmUpSteps, stableSteps: 0, decaySteps, decay: 'cosine' });
}

function trainFrom(model: LayersModel, group: string | undefined): void {
  freezeTo(model, group ?? 0);
  const leaves = layerGroups(model).flatMap(({ layers }) => layers);
  freeze(leaves.filter((layer) => /BatchNormalization$/.test(layer.getClassName())));
}
