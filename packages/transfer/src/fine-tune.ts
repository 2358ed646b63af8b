// Transfer learning by fastai's recipe: the new head alone, then everything, each group of layers at a rate of its own.

import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  GraftError,
  invalidArgument,
  isRuleDriven,
  type Dataset,
  type Schedule,
} from '@graftjs/core';
import { fit, type FitOptions, type History } from '@graftjs/training';
import { discriminativeRates, type GroupRate } from './discriminative-rates.js';
import { freezeTo } from './freeze-to.js';
import { layerGroups } from './layer-groups.js';
import { oneCycle } from './one-cycle.js';

/** What the recipe asks of its optimizer. */
export interface FineTuneSettings {
  /** The rate of the head, over both phases. */
  readonly learningRate: Schedule;
  /** From 0.95 to 0.85 and back in each phase; for optimizers that take one (`momentum`, or `beta1`). */
  readonly momentum: Schedule;
  /** Rates of the groups of layers, as multiples of the head's. */
  readonly groups: Record<string, GroupRate>;
}

export interface FineTuneOptions extends Omit<FitOptions, 'epochs' | 'initialEpoch' | 'optimizer'> {
  /** Makes the optimizer of both phases: one that is driven by schedules and takes groups, such as those of Graft. */
  readonly optimizer: (settings: FineTuneSettings) => Optimizer;
  /** Epochs of the second phase, in which everything trains. */
  readonly epochs: number;
  /** Epochs of the first phase, in which the head trains alone. Default 1. */
  readonly freezeEpochs?: number;
  /** The highest rate of the first phase; the second has half of it. Default 0.002. */
  readonly baseRate?: number;
  /** By how much the rate of the first group of layers is lower than the head's. Default 100. */
  readonly rateRatio?: number;
  /** The share of the second phase in which the rate rises. Default 0.3. */
  readonly pctStart?: number;
  /** The second phase begins at its highest rate divided by this. Default 5. */
  readonly div?: number;
}

export interface FineTuned {
  readonly frozen: History;
  readonly unfrozen: History;
  /** With the state that it has at the end, for who saves it or goes on. */
  readonly optimizer: Optimizer;
}

/** Of the first phase, as fastai has it. */
const first = { pctStart: 0.99, div: 25 };
/** Of both: the last rate is the highest divided by this. */
const divFinal = 1e5;
const momenta = [0.95, 0.85, 0.95] as const;

/**
 * fastai's `fine_tune`. First the head alone trains at `baseRate`, by the 1cycle policy; then everything at half of it, by
 * another cycle, and with {@link discriminativeRates}. The groups are those of {@link layerGroups}.
 *
 * What differs from fastai: frozen BatchNormalization works in inference mode, as in Keras; and the head's optimizer state
 * is kept when the base is unfrozen, where fastai forgets it.
 *
 * @throws GraftError as `fit` does; and before anything is trained for an option out of range, a model that has no base
 *   below its head, or an optimizer that takes no schedule
 * @example
 * const { frozen, unfrozen } = await fineTune(model, train, {
 *   optimizer: ({ momentum, ...settings }) => new Adam({ ...settings, beta1: momentum }),
 *   epochs: 4,
 *   loss: 'sparseCategoricalCrossentropy',
 *   metrics: ['accuracy'],
 *   validation,
 * });
 */
export async function fineTune(
  model: LayersModel,
  data: Dataset,
  { optimizer: makeOptimizer, ...options }: FineTuneOptions,
): Promise<FineTuned> {
  const { epochs, freezeEpochs = 1, baseRate = 2e-3, rateRatio = 100, ...rest } = options;
  const { pctStart = 0.3, div = 5, ...fitting } = rest;
  for (const [name, count] of Object.entries({ epochs, freezeEpochs })) {
    if (!(Number.isInteger(count) && count > 0))
      throw invalidArgument(name, 'a positive integer', count);
  }
  for (const [name, value] of Object.entries({ baseRate, div })) {
    if (!(Number.isFinite(value) && value > 0))
      throw invalidArgument(name, 'a finite number above 0', value);
  }
  const groups = layerGroups(model);
  if (!groups.slice(0, -1).some(({ layers }) => layers.some(({ weights }) => weights.length > 0)))
    throw new GraftError('model must have layers with weights below its head; see layerGroups');
  const plan = (from: number, count: number, rate: number, cycle: typeof first) => {
    const stretch = { from, steps: count * data.batches, pctStart: cycle.pctStart };
    return {
      learningRate: oneCycle(stretch, [rate / cycle.div, rate, rate / divFinal]),
      momentum: oneCycle(stretch, momenta),
    };
  };
  let phase = plan(0, freezeEpochs, baseRate, first);
  // Also checks the second phase before the first begins.
  plan(0, epochs, baseRate / 2, { pctStart, div });
  const optimizer = makeOptimizer({
    learningRate: (step) => phase.learningRate(step),
    momentum: (step) => phase.momentum(step),
    groups: discriminativeRates(groups, rateRatio),
  });
  if (!isRuleDriven(optimizer))
    throw invalidArgument(
      'optimizer',
      'a function that makes one of @graftjs/optimizers',
      optimizer,
    );
  freezeTo(model, -1);
  const frozen = await fit(model, data, { ...fitting, optimizer, epochs: freezeEpochs });
  // A callback may have ended the first phase early.
  phase = plan(optimizer.iterations, epochs, baseRate / 2, { pctStart, div });
  freezeTo(model, 0);
  const unfrozen = await fit(model, data, { ...fitting, optimizer, epochs });
  return { frozen, unfrozen, optimizer };
}
