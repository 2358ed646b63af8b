// The learning-rate range test: trains for a moment at rates that grow, and puts everything back.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  GraftError,
  invalidArgument,
  isRuleDriven,
  type Batch,
  type Dataset,
  type RuleDrivenOptimizer,
  type TrainingStep,
} from '@graftjs/core';
import { checkDataset } from '../checks.js';
import { givenOptimizer } from '../given-optimizer.js';
import { makeStep } from '../make-step.js';
import { enterObjective, type Objective, type ObjectiveOptions } from '../objective.js';
import { pacer } from '../pacer.js';
import { snapshotWeights } from '../weight-snapshot.js';
import { chartOf, type Chart } from './chart.js';
import { keepOptimizer } from './optimizer-snapshot.js';
import { suggestRates, type RateSuggestions } from './suggest-rates.js';

export interface FindLearningRateOptions extends Pick<ObjectiveOptions, 'loss'> {
  /** One of `@graftjs/optimizers`. Default: the optimizer that the model was compiled with. */
  readonly optimizer?: tf.Optimizer;
  /** The first rate; above 0. Default: 1e-7. */
  readonly minRate?: number;
  /** The last rate; above `minRate`. Default: 10. */
  readonly maxRate?: number;
  /** Number of updates from the first rate to the last, at least 10. Default: 100. */
  readonly steps?: number;
  /** Stops early once the smoothed loss is this many times its lowest value; above 1. Default: 4. */
  readonly stopFactor?: number;
  /** Stops between two batches, with the signal's reason; all is put back. */
  readonly signal?: AbortSignal;
}

/** One update of the test: the rate it was made with, the loss before it, and that loss smoothed. */
export interface RatePoint {
  readonly rate: number;
  readonly loss: number;
  readonly smoothed: number;
}

export interface RateFinding {
  readonly points: readonly RatePoint[];
  /** Rates to train with, by the rule that proposes them; undefined where the points are too few for it. */
  readonly suggestions: RateSuggestions;
  /** The loss over the rate, as a Vega-Lite specification. */
  readonly chart: Chart;
}

/** β of the moving mean of the loss. */
const SMOOTHING = 0.98;

/**
 * Finds a learning rate: trains for `steps` updates while the rate grows exponentially from `minRate` to `maxRate`,
 * and looks where the loss falls and where it bursts. Weights and optimizer (slots, count of updates, rate) are
 * afterwards what they were, to the bit. The data is gone through as often as the steps need.
 *
 * Source: Smith, Cyclical Learning Rates for Training Neural Networks, 2015, section 3.3; smoothing, stop and suggestions
 * are those of fastai's `lr_find`.
 *
 * @throws GraftError for an option out of range, another optimizer, or a loss that is no number from the start
 * @example
 * const { suggestions } = await findLearningRate(model, train, {
 *   optimizer,
 *   loss: 'sparseCategoricalCrossentropy',
 * });
 * optimizer.learningRate = suggestions.valley;
 */
export async function findLearningRate(
  model: LayersModel,
  data: Dataset,
  options: FindLearningRateOptions = {},
): Promise<RateFinding> {
  const { minRate = 1e-7, maxRate = 10, steps = 100, stopFactor = 4 } = options;
  if (!(Number.isFinite(minRate) && minRate > 0))
    throw invalidArgument('minRate', 'a finite number > 0', minRate);
  if (!(Number.isFinite(maxRate) && maxRate > minRate))
    throw invalidArgument('maxRate', `a finite number above minRate, ${minRate}`, maxRate);
  if (!(Number.isSafeInteger(steps) && steps >= 10))
    throw invalidArgument('steps', 'an integer of at least 10', steps);
  if (!(Number.isFinite(stopFactor) && stopFactor > 1))
    throw invalidArgument('stopFactor', 'a finite number above 1', stopFactor);
  checkDataset('data', data);
  const optimizer = ruleDriven(model, options.optimizer);

  const weights = snapshotWeights(model);
  let putBack: (() => Promise<void>) | undefined;
  let objective: Objective | undefined;
  let step: TrainingStep | undefined;
  try {
    putBack = await keepOptimizer(optimizer);
    const entered = enterObjective(model, options);
    objective = entered;
    step = makeStep(model, optimizer, (batch) => entered.measure(batch, true));
    const rateOf = (index: number) => minRate * (maxRate / minRate) ** (index / (steps - 1));
    const points: RatePoint[] = [];
    const smooth = movingMean();
    let lowest = Infinity;
    const pace = pacer(options.signal);
    for await (const batch of repeated(data)) {
      const rate = rateOf(points.length);
      optimizer.learningRate = rate;
      const loss = await lossOf(step, entered, batch);
      const smoothed = smooth(loss);
      if (!Number.isFinite(smoothed)) {
        if (points.length > 0) break;
        throw new GraftError(`loss must be a finite number for the first batch. Received: ${loss}`);
      }
      points.push({ rate, loss, smoothed });
      lowest = Math.min(lowest, smoothed);
      if (points.length === steps || smoothed > stopFactor * lowest) break;
      await pace();
    }
    const suggestions = suggestRates(points, steps);
    return { points, suggestions, chart: chartOf(points, suggestions) };
  } finally {
    step?.dispose();
    objective?.leave();
    weights.restore();
    weights.dispose();
    await putBack?.();
  }
}

function ruleDriven(model: LayersModel, given?: tf.Optimizer): RuleDrivenOptimizer {
  const optimizer = givenOptimizer(model, given);
  if (!isRuleDriven(optimizer)) {
    throw new GraftError('optimizer must be one of @graftjs/optimizers for findLearningRate');
  }
  return optimizer;
}

async function lossOf(step: TrainingStep, objective: Objective, batch: Batch): Promise<number> {
  try {
    objective.check(batch);
    const totals = step.run(batch);
    try {
      return ((await totals.data())[0] as number) / (batch.xs.shape[0] as number);
    } finally {
      totals.dispose();
    }
  } finally {
    tf.dispose({ ...batch });
  }
}

/** Epoch after epoch without end. */
async function* repeated(data: Dataset): AsyncGenerator<Batch> {
  for (;;) {
    let any = false;
    for await (const batch of data) {
      any = true;
      yield batch;
    }
    if (!any) throw new GraftError('data gave no batch');
  }
}

/** An exponential mean, freed of its start at zero. */
function movingMean(): (value: number) => number {
  let mean = 0;
  let count = 0;
  return (value) => {
    mean = SMOOTHING * mean + (1 - SMOOTHING) * value;
    return mean / (1 - SMOOTHING ** ++count);
  };
}
