// Trains a model in phases, each of which says from which group of layers on it trains.

import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError, invalidArgument, type Dataset } from '@graftjs/core';
import { fit, type FitOptions, type History } from '@graftjs/training';
import { freezeTo } from './freeze-to.js';
import { layerGroups } from './layer-groups.js';

export interface Phase {
  /** The first group of layers that trains, by its name or index; −1 is the head alone, 0 everything. See `freezeTo`. */
  readonly trainFrom: string | number;
  readonly epochs: number;
  /** Default: that of the options. One that serves several phases keeps its state. */
  readonly optimizer?: Optimizer;
}

export type FitPhasesOptions = Omit<FitOptions, 'epochs' | 'initialEpoch'>;

/**
 * Trains a model in phases: the new head alone, while it is random and its gradients would spoil the base, then more. What
 * trains stays as the last phase left it.
 *
 * @returns the history of each phase
 * @throws GraftError as `fit` does, and before anything is trained for epochs or groups that are none
 * @example
 * await fitPhases(
 *   model,
 *   train,
 *   [
 *     { trainFrom: 'head', epochs: 4, optimizer: new SGD({ learningRate: 1e-2 }) },
 *     { trainFrom: 0, epochs: 16, optimizer: new SGD({ learningRate: 1e-3 }) },
 *   ],
 *   { loss: 'binaryCrossentropy' },
 * );
 */
export async function fitPhases(
  model: LayersModel,
  data: Dataset,
  phases: readonly Phase[],
  options: FitPhasesOptions = {},
): Promise<History[]> {
  if (phases.length === 0) throw new GraftError('phases must be at least one. Received: none');
  for (const [i, { trainFrom, epochs }] of phases.entries()) {
    if (!(Number.isInteger(epochs) && epochs > 0))
      throw invalidArgument(`phases[${i}].epochs`, 'a positive integer', epochs);
    freezeTo(model, trainFrom);
  }
  const histories: History[] = [];
  for (const { trainFrom, ...phase } of phases) {
    freezeTo(model, trainFrom);
    histories.push(await fit(model, data, { ...options, ...phase }));
  }
  return histories;
}

/**
 * Phases that unfreeze a model group by group, from the head on, for `fitPhases`: a short one for each group, the last of
 * which, where everything trains, may be longer.
 *
 * Source: Howard and Ruder 2018, "Universal Language Model Fine-tuning for Text Classification".
 *
 * @param epochs of each phase
 * @param lastEpochs of the last one; default the same
 * @example
 * const phases = gradualUnfreezing(model, 1, 5);
 * await fitPhases(model, train, phases, { optimizer: new Adam(), loss: 'sparseCategoricalCrossentropy' });
 */
export function gradualUnfreezing(model: LayersModel, epochs = 1, lastEpochs = epochs): Phase[] {
  const groups = layerGroups(model).map(({ layers }) =>
    layers.some(({ weights }) => weights.length > 0),
  );
  return groups
    .flatMap((hasWeights, trainFrom) => (hasWeights ? [trainFrom] : []))
    .reverse()
    .map((trainFrom, i, { length }) => ({
      trainFrom,
      epochs: i + 1 === length ? lastEpochs : epochs,
    }));
}
