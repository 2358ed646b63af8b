// The two phases of transfer learning: the new head alone, then everything at a lower rate.

import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { invalidArgument, type Dataset, type Layer } from '@graftjs/core';
import { fit, type FitOptions, type History } from '@graftjs/training';
import { freeze, unfreeze } from './freeze.js';

export interface Phase {
  readonly epochs: number;
  readonly optimizer: Optimizer;
}

export interface FineTuneOptions extends Omit<FitOptions, 'epochs' | 'optimizer'> {
  /** The layers that come from the trained network; frozen in the first phase. */
  readonly base: readonly Layer[];
  /** The head alone: while it is random, its gradients would spoil the base. */
  readonly frozen: Phase;
  /** Everything; a lower rate keeps what the base knows. */
  readonly unfrozen: Phase;
}

/**
 * Trains a grafted model in two phases. The base is unfrozen afterwards, also where training was stopped.
 *
 * @returns the history of each phase
 * @throws GraftError as `fit` does, and for epochs of either phase that are no positive integer before anything is trained
 * @example
 * await fineTune(model, train, {
 *   base: model.layers.slice(0, -1),
 *   frozen: { epochs: 4, optimizer: new SGD({ learningRate: 1e-2 }) },
 *   unfrozen: { epochs: 16, optimizer: new SGD({ learningRate: 1e-3 }) },
 *   loss: 'binaryCrossentropy',
 * });
 */
export async function fineTune(
  model: LayersModel,
  data: Dataset,
  { base, frozen, unfrozen, ...options }: FineTuneOptions,
): Promise<{ frozen: History; unfrozen: History }> {
  for (const [name, { epochs }] of Object.entries({ frozen, unfrozen })) {
    if (!(Number.isInteger(epochs) && epochs > 0)) {
      throw invalidArgument(`${name}.epochs`, 'a positive integer', epochs);
    }
  }
  freeze(base);
  let first: History;
  try {
    first = await fit(model, data, { ...options, ...frozen });
  } finally {
    unfreeze(base);
  }
  return { frozen: first, unfrozen: await fit(model, data, { ...options, ...unfrozen }) };
}
